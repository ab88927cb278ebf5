package io.trialstream.results.ingest;

import io.trialstream.contracts.TrialReport;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.RunState;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;

/** What a report changes in the rows of its trial, run and study. */
record ReportEffect(BatchContext batch, TrialEntity trial, RunEntity run, StudyEntity study)
        implements TrialReport.Visitor<Void> {

    @Override
    public Void visit(TrialReport.Started started) {
        if (run.startedAt == null && run.state == RunState.RUNNING) {
            trial.started(started, study);
        }
        run.started(started);
        return null;
    }

    @Override
    public Void visit(TrialReport.RungReached rung) {
        run.progressed(rung.epoch());
        return null;
    }

    @Override
    public Void visit(TrialReport.Interrupted interrupted) {
        run.brokeOff(RunState.INTERRUPTED, interrupted.epoch(), interrupted.reason(), interrupted.at());
        trial.brokeOff(run.runId, study);
        return null;
    }

    @Override
    public Void visit(TrialReport.Errored errored) {
        run.brokeOff(RunState.ERRORED, errored.epoch(), errored.reason(), errored.at());
        trial.brokeOff(run.runId, study);
        return null;
    }

    @Override
    public Void visit(TrialReport.Finished finished) {
        run.finished(finished);
        if (trial.finished(finished, study, batch.now())) {
            batch.ended(trial, study);
        } else {
            batch.result().duplicate();
        }
        return null;
    }
}
