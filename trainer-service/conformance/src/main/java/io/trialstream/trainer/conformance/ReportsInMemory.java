package io.trialstream.trainer.conformance;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialReport.Finished;
import io.trialstream.trainer.run.TrialReporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What runs say, in the order in which they say it. Thread-safe. */
final class ReportsInMemory implements TrialReporter {
    private final List<Message> reports = new ArrayList<>();

    @Override
    public synchronized void report(TrialReport report) {
        reports.add(report);
        notifyAll();
    }

    @Override
    public synchronized void report(EpochReport report) {
        reports.add(report);
    }

    synchronized List<Message> all() {
        return List.copyOf(reports);
    }

    /** Waits until so many trials have their final report. */
    synchronized void awaitFinished(int trials, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (of(Finished.class).count() < trials) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("not finished in time, but: " + reports);
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while it waited for reports", e);
        }
    }

    /** The metrics of a trial by epoch. */
    synchronized List<Map<String, Double>> curve(Proposal trial) {
        return of(EpochReport.class)
                .filter(epoch -> epoch.run().number() == trial.number())
                .map(EpochReport::metrics)
                .toList();
    }

    synchronized Finished finished(Proposal trial) {
        return of(Finished.class)
                .filter(report -> report.run().number() == trial.number())
                .findFirst()
                .orElseThrow();
    }

    private <M> Stream<M> of(Class<M> kind) {
        return reports.stream().filter(kind::isInstance).map(kind::cast);
    }
}
