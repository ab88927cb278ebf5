package io.trialstream.trainer.run;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.TrialReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is reported. */
final class RecordingReporter implements TrialReporter {
    final List<TrialReport> reports = new CopyOnWriteArrayList<>();
    final List<EpochReport> epochs = new CopyOnWriteArrayList<>();

    @Override
    public void report(TrialReport report) {
        reports.add(report);
    }

    @Override
    public void report(EpochReport report) {
        epochs.add(report);
    }

    TrialReport last() {
        return reports.get(reports.size() - 1);
    }
}
