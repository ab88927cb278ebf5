package io.trialstream.suggester.loop;

import io.trialstream.contracts.TrialId;
import io.trialstream.suggester.decision.SuggesterState;
import io.trialstream.suggester.queue.QueueWatch;
import io.trialstream.suggester.queue.ReportWatch;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.Deadlines;
import io.trialstream.suggester.state.StudyHistory;
import io.trialstream.suggester.telemetry.PoolGauges;
import java.util.Optional;

/**
 * Lets time pass when an own tick is read back: what happened before it on other topics has been read too, or will be
 * with one of the next ticks. Confined to the suggester's loop.
 */
final class TickHandler {
    private final SuggesterState state;
    private final Deadlines deadlines;
    private final ReportWatch reports;
    private final QueueWatch queues;
    private final PoolGauges gauges;

    TickHandler(SuggesterState state, Deadlines deadlines, ReportWatch reports, QueueWatch queues, PoolGauges gauges) {
        this.state = state;
        this.deadlines = deadlines;
        this.reports = reports;
        this.queues = queues;
        this.gauges = gauges;
    }

    /** One tick has passed. */
    void tick() {
        state.trainers().tick();
        long now = state.trainers().now();
        for (ActiveStudy study : state.studies().existing()) {
            EventApplier.apply(study, () -> {
                StudyHistory history = study.history();
                queues.of(history.spec().pool()).ifPresent(queue -> history.queueBeginsAt(queue.begin(), now));
                history.expire(now, deadlines);
            });
        }
        checkAwaitedReports(now);
        gauges.show(state, queues);
    }

    /** A trial whose final report no reader can record any more is trained again. */
    private void checkAwaitedReports(long now) {
        for (TrialId trial : reports.gone()) {
            Optional<StudyHistory> history =
                    state.studies().byId(trial.studyId()).map(ActiveStudy::history);
            history.ifPresent(known -> known.reportGone(trial.number(), now, deadlines));
            if (history.filter(known -> known.isSettling(trial.number())).isEmpty()) {
                reports.settled(trial);
            }
        }
        reports.ask();
    }
}
