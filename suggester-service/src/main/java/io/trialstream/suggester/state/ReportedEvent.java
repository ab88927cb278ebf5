package io.trialstream.suggester.state;

import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialReport.ResumePoint;
import java.util.Optional;

/**
 * What a report means for its trial, if anything.
 *
 * @param tick the present time
 */
record ReportedEvent(long tick) implements TrialReport.Visitor<Optional<TrialEvent>> {

    @Override
    public Optional<TrialEvent> visit(TrialReport.Started started) {
        int from = started.resumedFrom().map(ResumePoint::epoch).orElse(0);
        return Optional.of(
                new TrialEvent.RunStarted(started.run().runId(), started.run().dispatch(), from, tick));
    }

    /** Only the pruner needs it. */
    @Override
    public Optional<TrialEvent> visit(TrialReport.RungReached rung) {
        return Optional.empty();
    }

    @Override
    public Optional<TrialEvent> visit(TrialReport.Interrupted interrupted) {
        return Optional.of(new TrialEvent.RunInterrupted(interrupted.run().runId(), interrupted.reason()));
    }

    @Override
    public Optional<TrialEvent> visit(TrialReport.Errored errored) {
        return Optional.of(new TrialEvent.RunErrored(errored.run().runId(), errored.reason()));
    }

    @Override
    public Optional<TrialEvent> visit(TrialReport.Finished finished) {
        return Optional.of(new TrialEvent.FinalReport(tick));
    }
}
