package io.trialstream.suggester.state;

import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialReport.ResumePoint;

/**
 * What a trial is after a report of one of its runs.
 *
 * @param trial what it was before
 * @param tick the present time
 */
record AfterReport(OpenTrial trial, long tick) implements TrialReport.Visitor<OpenTrial> {

    @Override
    public OpenTrial visit(TrialReport.Started started) {
        int from = started.resumedFrom().map(ResumePoint::epoch).orElse(0);
        return trial.started(started.run().runId(), started.run().dispatch(), from, tick);
    }

    /** The pruner's business. */
    @Override
    public OpenTrial visit(TrialReport.RungReached rung) {
        return trial;
    }

    @Override
    public OpenTrial visit(TrialReport.Interrupted interrupted) {
        return trial.interrupted(interrupted.run().runId(), interrupted.reason());
    }

    @Override
    public OpenTrial visit(TrialReport.Errored errored) {
        return trial.errored(errored.run().runId(), errored.reason());
    }

    @Override
    public OpenTrial visit(TrialReport.Finished finished) {
        return trial.settling(tick);
    }
}
