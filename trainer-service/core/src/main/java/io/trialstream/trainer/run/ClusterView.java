package io.trialstream.trainer.run;

import io.trialstream.trainer.command.StudyStates;
import io.trialstream.trainer.command.TrialCommands;
import io.trialstream.trainer.heartbeat.LiveRuns;

/**
 * What a trainer knows of the cluster besides its queue.
 *
 * @param studies the state of each study
 * @param commands the commands to each trial
 * @param runs the runs of all trainers
 */
public record ClusterView(StudyStates studies, TrialCommands commands, LiveRuns runs) {}
