package io.trialstream.trainer.run;

import io.trialstream.trainer.heartbeat.ActiveRuns;

/**
 * Whom runs are reported to.
 *
 * @param reporter results and the suggester, by reports
 * @param runs the other trainers, by heartbeats
 * @param listener this process, by metrics
 */
public record RunReporting(TrialReporter reporter, ActiveRuns runs, RunListener listener) {}
