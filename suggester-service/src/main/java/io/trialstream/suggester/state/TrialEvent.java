package io.trialstream.suggester.state;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;

/** What happens to an open trial. Ticks are the suggester's clock; 0 is what was read back at its start. */
public sealed interface TrialEvent {

    /** The trial after this event: calls the method of its phase. */
    OpenTrial applyTo(OpenTrial trial);

    /** The trial was queued, or queued again, by this ledger record. */
    record Dispatched(LedgerRecord ledger, long tick) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** The suggester ended the trial by this ledger record. */
    record Ended(LedgerRecord ledger) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** The record of its newest dispatch has this offset in the queue. */
    record Enqueued(long offset) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** The queue hands out nothing before this offset any more. */
    record QueueAdvanced(long begin, long tick) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** A run reported that it begins, from a checkpoint of this epoch or from 0. */
    record RunStarted(String runId, int dispatch, int fromEpoch, long tick) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** A heartbeat named a run, which has finished this epoch. */
    record RunAlive(String runId, int dispatch, int epoch, long tick) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** A run reported that it stops before its end. */
    record RunInterrupted(String runId, Reason reason) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** A run reported that it broke off. */
    record RunErrored(String runId, Reason reason) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** The run was told that it is stuck. */
    record ToldStuck(long tick) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** Time passed. */
    record TimePassed(long tick, Deadlines deadlines) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** A run reported the trial's end. */
    record FinalReport(long tick) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** The final report is not on its topic any more. */
    record ReportGone(long tick, Deadlines deadlines) implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }

    /** The trial's outcome was read. */
    record OutcomeRead() implements TrialEvent {
        @Override
        public OpenTrial applyTo(OpenTrial trial) {
            return trial.on(this);
        }
    }
}
