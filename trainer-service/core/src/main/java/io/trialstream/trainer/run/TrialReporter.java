package io.trialstream.trainer.run;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.TrialReport;

/** Publishes reports of runs. Thread-safe. */
public interface TrialReporter {

    /**
     * Publishes the report and returns when the broker has it on all replicas; waits for a broker that is unreachable.
     *
     * @throws RuntimeException if it can never be published
     */
    void report(TrialReport report);

    /** Publishes the epoch's metrics without waiting; they may lag, and be lost with this process. */
    void report(EpochReport report);
}
