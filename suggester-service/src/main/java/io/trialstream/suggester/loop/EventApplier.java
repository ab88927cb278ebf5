package io.trialstream.suggester.loop;

import io.trialstream.contracts.DeadLetterCode;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.RefusingVisitor;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.Received;
import io.trialstream.suggester.decision.SuggesterState;
import io.trialstream.suggester.queue.ReportWatch;
import io.trialstream.suggester.state.ActiveStudy;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Applies what was read from the topics to the state. Confined to the suggester's loop. */
final class EventApplier {
    private static final Logger LOG = Logger.getLogger(EventApplier.class);

    private final SuggesterState state;
    private final ReportWatch reports;
    private final LedgerTombstones tombstones;
    private final DeadLetters deadLetters;
    private final Consumer<TrainerEvent.Tick> ticks;

    EventApplier(
            SuggesterState state,
            ReportWatch reports,
            LedgerTombstones tombstones,
            DeadLetters deadLetters,
            Consumer<TrainerEvent.Tick> ticks) {
        this.state = state;
        this.reports = reports;
        this.tombstones = tombstones;
        this.deadLetters = deadLetters;
        this.ticks = ticks;
    }

    /** Applies one record; tombstones change nothing. */
    void apply(Received received) {
        received.message().ifPresent(message -> message.accept(new ByKind(received)));
    }

    /** Applies an event to one study. A study whose history cannot take it is broken; the next decision ends it. */
    static void apply(ActiveStudy study, Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "history incomplete from now on studyId=%s", study.studyId());
            study.markBroken(e);
        }
    }

    /** Each kind of message on the topics that the suggester reads. */
    private final class ByKind extends RefusingVisitor<Void> implements TrainerEvent.Visitor<Void> {
        private final Received received;

        ByKind(Received received) {
            this.received = received;
        }

        @Override
        public Void visit(StudyRecord study) {
            state.studies().apply(study);
            return null;
        }

        @Override
        public Void visit(LedgerRecord trial) {
            return ofStudy(trial.studyId(), received, study -> apply(trial, study));
        }

        @Override
        public Void visit(Outcome outcome) {
            reports.settled(outcome.trialId());
            return ofStudy(outcome.studyId(), received, study -> study.history().apply(outcome));
        }

        @Override
        public Void visit(TrialReport report) {
            return ofStudy(report.run().studyId(), received, study -> apply(report, study, received.record()));
        }

        @Override
        public Void visit(TrainerEvent event) {
            return event.accept((TrainerEvent.Visitor<Void>) this);
        }

        @Override
        public Void visit(TrainerEvent.Heartbeat heartbeat) {
            apply(heartbeat);
            return null;
        }

        @Override
        public Void visit(TrainerEvent.Tick tick) {
            ticks.accept(tick);
            return null;
        }
    }

    private void apply(TrialReport report, ActiveStudy study, ConsumerRecord<String, byte[]> source) {
        Run run = report.run();
        study.history().apply(report, state.trainers().now());
        if (report instanceof TrialReport.Finished && study.history().isSettling(run.number())) {
            reports.awaits(run.trialId(), new TopicPartition(source.topic(), source.partition()), source.offset());
        }
    }

    /** A deleted study's trial is in the ledger only because the suggester that deleted it died before it was gone. */
    private void apply(LedgerRecord trial, ActiveStudy study) {
        if (study.history().record().state() == StudyState.DELETED) {
            tombstones.add(trial.trialId());
        } else {
            study.history().apply(trial);
        }
    }

    private void apply(TrainerEvent.Heartbeat heartbeat) {
        state.trainers().apply(heartbeat);
        long now = state.trainers().now();
        heartbeat.runs().forEach(run -> state.studies()
                .byId(run.studyId())
                .ifPresent(study -> apply(study, () -> study.history().alive(run, now))));
    }

    /** All studies are known here, since this process alone creates them: a record of any other study is put aside. */
    private Void ofStudy(String studyId, Received received, Consumer<ActiveStudy> action) {
        state.studies()
                .byId(studyId)
                .ifPresentOrElse(
                        study -> apply(study, () -> action.accept(study)),
                        () -> deadLetters.put(
                                received.record(),
                                DeadLetterCode.UNKNOWN_STUDY,
                                "there is no study '" + studyId + "'"));
        return null;
    }
}
