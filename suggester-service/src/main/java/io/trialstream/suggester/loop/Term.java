package io.trialstream.suggester.loop;

import io.trialstream.contracts.DeadLetterCode;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.FaultPoint;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.Received;
import io.trialstream.messaging.TopicFollower;
import io.trialstream.messaging.TrialTraces;
import io.trialstream.suggester.SuggesterMeters;
import io.trialstream.suggester.SuggesterSettings;
import io.trialstream.suggester.ledger.Ledger;
import io.trialstream.suggester.pool.Trainers;
import io.trialstream.suggester.queue.QueueWatch;
import io.trialstream.suggester.queue.ReportWatch;
import io.trialstream.suggester.study.Deadlines;
import io.trialstream.suggester.study.StudyHistory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * One term in charge: from fencing the predecessor and reading the topics to the first failure, after which nothing of
 * it is kept. Confined to the suggester's loop, except {@link #wakeup()}.
 */
final class Term implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Term.class);
    private static final Duration PATIENCE = Duration.ofMillis(250);
    /** For how long a round waits for suggestions, while requests wait for the round. */
    private static final Duration SUGGESTIONS_PATIENCE = Duration.ofMillis(100);

    private final String suggesterId = "suggester-" + UUID.randomUUID();
    private final SuggesterSettings settings;
    private final Deadlines deadlines;
    private final EventPublisher publisher;
    private final SuggesterMeters meters;
    private final TrialTraces traces;
    private final DeadLetters deadLetters;
    private final Ledger ledger;
    private final QueueWatch queues;
    private final ReportWatch reports;
    private final Studies studies = new Studies();
    private final Trainers trainers;
    private final Suggestions suggestions;
    private final Decisions decisions;
    private final TopicFollower events;
    private final Forgetting forgetting;
    /** The newest record's offset in each pool's queue. */
    private final Map<String, Long> appended = new HashMap<>();

    private long ticks;
    private long lastTickNanos;
    private volatile long heardNanos = System.nanoTime();

    Term(
            KafkaConnection connection,
            SuggesterSettings settings,
            EventPublisher publisher,
            SuggesterMeters meters,
            TrialTraces traces,
            Clock clock) {
        this.settings = settings;
        this.deadlines = Ticks.deadlines(settings);
        this.publisher = publisher;
        this.meters = meters;
        this.traces = traces;
        this.deadLetters = new DeadLetters(publisher, "suggester", clock, meters::putAside).once(connection);
        this.trainers = new Trainers(settings.silentTicks());
        this.suggestions = new Suggestions(settings.suggestionLimit(), SUGGESTIONS_PATIENCE, this::wakeup);
        this.decisions = new Decisions(
                settings,
                studies,
                trainers,
                suggestions,
                clock,
                () -> UUID.randomUUID().toString(),
                meters);
        this.forgetting = new Forgetting(publisher);
        this.ledger = Ledger.open(connection, settings.transactionalId());
        try {
            read(connection, Topics.STUDIES);
            read(connection, Topics.TRIAL_LEDGER);
            this.events = new TopicFollower(
                    connection,
                    "suggester-events",
                    List.of(Topics.TRIAL_OUTCOMES, Topics.TRIAL_REPORTS, Topics.TRAINERS),
                    deadLetters);
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
        this.queues = new QueueWatch(connection, settings.pools());
        this.reports = new ReportWatch(connection);
    }

    /** Reads what happened so far, then queues again what may have been forgotten. */
    void begin() {
        events.seekToEnd(Topics.TRAINERS);
        events.readToEnd(List.of(Topics.TRIAL_OUTCOMES, Topics.TRIAL_REPORTS), this::apply);
        Changes changes = new Changes();
        decisions.takeUp(changes);
        commit(changes);
        heardNanos = System.nanoTime();
        tick();
    }

    /** For how long no own tick has come back from the broker. From any thread. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    /** One round: reads, serves the users' requests, decides, commits. */
    void round(List<Request<?>> requests) {
        Changes changes = new Changes();
        for (Received received : poll(requests.isEmpty() ? PATIENCE : Duration.ZERO)) {
            apply(received);
            trace(received);
            received.message()
                    .filter(TrialReport.class::isInstance)
                    .ifPresent(report -> decisions.answer((TrialReport) report, changes));
        }
        Request.Desk desk = new Request.Desk(studies, trainers, decisions);
        List<Runnable> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(request.perform(desk, changes)));
        decisions.round(changes);
        commit(changes);
        answers.forEach(Runnable::run);
        forgetting.goOn();
        tick();
    }

    /** Ends the present wait for events, since a request has come or a suggestion is made. From any thread. */
    void wakeup() {
        events.wakeup();
    }

    @Override
    public void close() {
        suggestions.close();
        queues.close();
        reports.close();
        events.close();
        ledger.close();
    }

    private List<Received> poll(Duration patience) {
        try {
            return events.poll(patience);
        } catch (WakeupException e) {
            return List.of();
        }
    }

    private void read(KafkaConnection connection, TopicDefinition topic) {
        try (TopicFollower follower =
                new TopicFollower(connection, "suggester-" + topic.name(), List.of(topic), deadLetters)) {
            follower.readToEnd(this::apply);
        }
    }

    private void apply(Received received) {
        received.message().ifPresent(message -> apply(message, received));
    }

    private void apply(Message message, Received received) {
        if (message instanceof StudyRecord study) {
            studies.apply(study);
        } else if (message instanceof LedgerRecord trial) {
            ofStudy(trial.studyId(), received, study -> apply(trial, study));
        } else if (message instanceof Outcome outcome) {
            reports.settled(outcome.trialId());
            ofStudy(outcome.studyId(), received, study -> study.history().apply(outcome));
        } else if (message instanceof TrialReport report) {
            ofStudy(report.run().studyId(), received, study -> apply(report, study, received.record()));
        } else if (message instanceof TrainerEvent.Heartbeat heartbeat) {
            apply(heartbeat);
        } else if (message instanceof TrainerEvent.Tick tick
                && tick.suggesterId().equals(suggesterId)) {
            heardNanos = System.nanoTime();
            letTimePass();
        }
    }

    /** An outcome ends its trial's trace, where one began; not those of earlier days, which are read at the start. */
    private void trace(Received received) {
        if (received.message().orElse(null) instanceof Outcome outcome) {
            traces.received(
                    "learn outcome", outcome.trialId(), received.record().headers());
        }
    }

    /** An own tick came back: what happened before it on other topics is here too, or will be with one of the next. */
    private void letTimePass() {
        trainers.tick();
        long now = trainers.now();
        for (ActiveStudy study : studies.existing()) {
            contain(study, () -> {
                StudyHistory history = study.history();
                queues.of(history.spec().pool()).ifPresent(queue -> history.queueBeginsAt(queue.begin(), now));
                history.expire(now, deadlines);
            });
        }
        lookForReports(now);
        new PoolGauges(settings, meters).show(studies.histories(), trainers, queues);
        queues.ask(appended);
    }

    /** What no reader can record any more is trained again. */
    private void lookForReports(long now) {
        for (TrialId trial : reports.gone()) {
            Optional<StudyHistory> history = studies.byId(trial.studyId()).map(ActiveStudy::history);
            history.ifPresent(known -> known.reportGone(trial.number(), now, deadlines));
            if (history.filter(known -> known.isSettling(trial.number())).isEmpty()) {
                reports.settled(trial);
            }
        }
        reports.ask();
    }

    private void apply(TrialReport report, ActiveStudy study, ConsumerRecord<String, byte[]> source) {
        Run run = report.run();
        study.history().apply(report, trainers.now());
        if (report instanceof TrialReport.Finished && study.history().isSettling(run.number())) {
            reports.awaits(run.trialId(), new TopicPartition(source.topic(), source.partition()), source.offset());
        }
    }

    /** A deleted study's trial is in the ledger only because the suggester that deleted it died before it was gone. */
    private void apply(LedgerRecord trial, ActiveStudy study) {
        if (study.history().record().state() == StudyState.DELETED) {
            forgetting.add(trial.trialId());
        } else {
            study.history().apply(trial);
        }
    }

    private void apply(TrainerEvent.Heartbeat heartbeat) {
        trainers.apply(heartbeat);
        heartbeat.runs().forEach(run -> studies.byId(run.studyId())
                .ifPresent(study -> contain(study, () -> study.history().alive(run, trainers.now()))));
    }

    /** All studies are known here, since this process alone creates them: a record of any other is a stranger's. */
    private void ofStudy(String studyId, Received received, Consumer<ActiveStudy> action) {
        studies.byId(studyId)
                .ifPresentOrElse(
                        study -> contain(study, () -> action.accept(study)),
                        () -> deadLetters.put(
                                received.record(),
                                DeadLetterCode.UNKNOWN_STUDY,
                                "there is no study '" + studyId + "'"));
    }

    /** A record that a study's history cannot take in breaks this study alone; the next decision ends it. */
    private static void contain(ActiveStudy study, Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "the history of study %s is incomplete from now on", study.studyId());
            study.breaks(e);
        }
    }

    private void commit(Changes changes) {
        if (!changes.studies().isEmpty() || !changes.ledger().isEmpty()) {
            FaultPoint.at("suggester.decided");
            ledger.commit(changes.studies(), changes.ledger());
            FaultPoint.at("suggester.committed");
        }
        changes.forgotten().forEach(forgetting::add);
        awaitAll(changes.commands().stream()
                .map(command -> publisher.publish(Topics.TRIAL_COMMANDS, command.studyId(), command.key(), command))
                .toList());
        changes.commands().forEach(command -> meters.told(command.kind()));
        enqueue(changes.queue());
    }

    private void enqueue(List<Changes.Queued> records) {
        List<CompletableFuture<Long>> sent = records.stream()
                .map(record -> publisher.append(
                        Topics.proposals(record.pool()),
                        record.proposal().trialId().toString(),
                        record.proposal()))
                .toList();
        for (int i = 0; i < sent.size(); i++) {
            Proposal proposal = records.get(i).proposal();
            long offset = sent.get(i).join();
            appended.merge(records.get(i).pool(), offset, Math::max);
            studies.byId(proposal.studyId())
                    .ifPresent(study -> study.history().queued(proposal.number(), proposal.dispatch(), offset));
            meters.queued();
        }
        if (!records.isEmpty()) {
            FaultPoint.at("suggester.queued");
        }
    }

    private static void awaitAll(List<CompletableFuture<Void>> sent) {
        sent.forEach(CompletableFuture::join);
    }

    private void tick() {
        long now = System.nanoTime();
        if (ticks == 0 || now - lastTickNanos >= settings.tick().toNanos()) {
            lastTickNanos = now;
            publisher.publish(Topics.TRAINERS, suggesterId, new TrainerEvent.Tick(suggesterId, ++ticks));
        }
    }
}
