package io.trialstream.trainer.run;

import io.trialstream.trainer.command.StudyStates;
import io.trialstream.trainer.command.TrialCommands;
import io.trialstream.trainer.heartbeat.LiveRuns;

/**
 * All that a trainer knows of the world outside of its queue.
 *
 * @param studies the state of each study
 * @param commands the commands to each trial
 * @param runs which trials are being trained
 */
public record ClusterView(StudyStates studies, TrialCommands commands, LiveRuns runs) {}
