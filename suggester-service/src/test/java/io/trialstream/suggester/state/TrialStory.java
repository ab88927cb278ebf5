package io.trialstream.suggester.state;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;

/** A trial to which one event after the other happens. */
record TrialStory(OpenTrial now) {

    TrialStory with(TrialEvent event) {
        return new TrialStory(event.applyTo(now));
    }

    TrialStory dispatchedAgain(long tick) {
        LedgerRecord newer = now.ledger().dispatchedAgain();
        return with(new TrialEvent.Dispatched(newer, tick));
    }

    TrialStory enqueued(long offset) {
        return with(new TrialEvent.Enqueued(offset));
    }

    TrialStory queueBeginsAt(long offset, long tick) {
        return with(new TrialEvent.QueueAdvanced(offset, tick));
    }

    TrialStory started(String runId, int dispatch, int fromEpoch, long tick) {
        return with(new TrialEvent.RunStarted(runId, dispatch, fromEpoch, tick));
    }

    TrialStory alive(String runId, int epoch, long tick) {
        return with(new TrialEvent.RunAlive(runId, 1, epoch, tick));
    }

    TrialStory interrupted(String runId, Reason reason) {
        return with(new TrialEvent.RunInterrupted(runId, reason));
    }

    TrialStory errored(String runId, Reason reason) {
        return with(new TrialEvent.RunErrored(runId, reason));
    }

    TrialStory toldStuck(long tick) {
        return with(new TrialEvent.ToldStuck(tick));
    }

    TrialStory expire(long tick, Deadlines deadlines) {
        return with(new TrialEvent.TimePassed(tick, deadlines));
    }

    TrialStory finalReport(long tick) {
        return with(new TrialEvent.FinalReport(tick));
    }

    TrialStory reportGone(long tick, Deadlines deadlines) {
        return with(new TrialEvent.ReportGone(tick, deadlines));
    }

    TrialStory outcomeRead() {
        return with(new TrialEvent.OutcomeRead());
    }
}
