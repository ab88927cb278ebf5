package io.trialstream.suggester.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.SamplerStamp;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.infrastructure.EmbeddedBroker;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.Received;
import io.trialstream.messaging.TopicFollower;
import io.trialstream.messaging.TopicProvisioner;
import io.trialstream.messaging.TrialTraces;
import io.trialstream.space.SearchSpace;
import io.trialstream.suggester.Studied;
import io.trialstream.suggester.command.CommandExecutor;
import io.trialstream.suggester.command.Request;
import io.trialstream.suggester.command.RetrainCommands;
import io.trialstream.suggester.command.StudyCommands;
import io.trialstream.suggester.command.StudySummary;
import io.trialstream.suggester.config.SuggesterSettings;
import io.trialstream.suggester.config.TestSettings;
import io.trialstream.suggester.ledger.FencedException;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.telemetry.SuggesterMeters;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Terms in charge over a real broker: what one commits, the next one finds. Each test has a broker's topics of its
 * own.
 */
class TermIT {
    private static final String STUDY = "s";
    private static EmbeddedBroker broker;

    private KafkaConnection connection;
    private EventPublisher publisher;
    private final List<Term> terms = new ArrayList<>();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.startTemporary();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void freshTopics() throws Exception {
        connection = new KafkaConnection(Map.of("bootstrap.servers", broker.bootstrapServers()));
        try (var admin = connection.admin()) {
            var ours = admin.listTopics().names().get().stream()
                    .filter(name -> !name.startsWith("__"))
                    .toList();
            admin.deleteTopics(ours).all().get();
            Awaitility.await()
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(ours::contains));
        }
        new TopicProvisioner(connection).ensure(Topics.all(List.of("default")));
        publisher = new EventPublisher(connection, "test");
    }

    @AfterEach
    void close() {
        terms.forEach(Term::close);
        publisher.close();
    }

    @Test
    void shouldFindEverythingAgainAndQueueWhatNoRunHasBegun() {
        // Given a term that proposed three trials, of which one was started and one has its outcome
        Term first = begin();
        create(first, 10);
        publish(Topics.TRAINERS, "t1", Studied.ready("t1", 3));
        roundUntil(first, () -> ledger().size() >= 3);
        List<LedgerRecord> trials = ledger();
        publishOfStudy(Topics.TRIAL_REPORTS, trials.get(0), Studied.started(trials.get(0), "run-0"));
        publishOfStudy(Topics.TRIAL_REPORTS, trials.get(1), Studied.finished(trials.get(1), "run-1", 0.5));
        publishOfStudy(Topics.TRIAL_OUTCOMES, trials.get(1), Studied.completed(trials.get(1), 1, 0.5));

        // When another one begins
        Term second = begin();

        // Then it knows all of it, and the trial that no run has begun is queued again
        StudySummary study = summary(second);
        assertThat(study.evidenceWatermark()).isEqualTo(1);
        assertThat(study.trials()).containsEntry("open", 2).containsEntry("completed", 1);
        assertThat(study.best())
                .hasValueSatisfying(best -> assertThat(best.number()).isEqualTo(1));
        assertThat(ledger()).extracting(LedgerRecord::dispatch).containsExactly(1, 1, 2);
        assertThat(all(Topics.TRIAL_COMMANDS, TrialCommand.class))
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.kind()).isEqualTo(TrialCommand.Kind.SUPERSEDE);
                    assertThat(command.number()).isEqualTo(2);
                });
        assertThat(all(Topics.proposals("default"), Proposal.class))
                .extracting(proposal -> proposal.number() + "/" + proposal.dispatch())
                .containsExactlyInAnyOrder("0/1", "1/1", "2/1", "2/2");
    }

    @Test
    void shouldFindARetrainAgainAndItsEnd() {
        // Given a study that has completed, and a retrain that waits for a slot
        Term first = begin();
        create(first, 1);
        publish(Topics.TRAINERS, "t1", Studied.ready("t1", 1));
        roundUntil(first, () -> ledger().size() == 1);
        LedgerRecord trial = ledger().get(0);
        publishOfStudy(Topics.TRIAL_REPORTS, trial, Studied.finished(trial, "run-0", 0.5));
        publishOfStudy(Topics.TRIAL_OUTCOMES, trial, Studied.completed(trial, 1, 0.5));
        roundUntil(first, () -> summary(first).state() == StudyState.COMPLETED);
        publish(Topics.TRAINERS, "t1", Studied.gone("t1"));
        roundUntil(
                first,
                () -> perform(first, (context, commit) -> context.trainers().capacity("default")) == 0);
        new RetrainCommands(executor(first))
                .retrain(STUDY, Optional.empty(), Optional.of(4))
                .join();

        // When another term begins and a trainer comes
        Term second = begin();
        publish(Topics.TRAINERS, "t2", Studied.ready("t2", 1));
        roundUntil(
                second, () -> all(Topics.proposals("default"), Proposal.class).size() == 2);

        // Then it is queued
        Proposal queued = all(Topics.proposals("default"), Proposal.class).get(1);
        assertThat(queued.retrain()).isTrue();
        assertThat(queued.number()).isEqualTo(1);
        assertThat(queued.configuration()).isEqualTo(trial.configuration());
        assertThat(queued.training().epochs()).isEqualTo(4);

        // When it ends and yet another term begins
        LedgerRecord retrain = ledger().get(1);
        publishOfStudy(Topics.TRIAL_REPORTS, retrain, Studied.finished(retrain, "run-1", 0.9));
        publishOfStudy(Topics.TRIAL_OUTCOMES, retrain, Studied.retrained(retrain, 0.9));
        StudySummary study = summary(begin());

        // Then nothing has changed for the study
        assertThat(study.state()).isEqualTo(StudyState.COMPLETED);
        assertThat(study.trials()).isEqualTo(Map.of("open", 0, "queued", 0, "running", 0, "completed", 1));
        assertThat(study.best())
                .hasValueSatisfying(best -> assertThat(best.number()).isZero());
        assertThat(ledger()).extracting(LedgerRecord::dispatch).containsExactly(1, 1);
    }

    private static StudySummary summary(Term term) {
        return new StudyCommands(executor(term), TestSettings.defaults())
                .get(STUDY)
                .join();
    }

    /** Performs each request in a round of its own. */
    private static CommandExecutor executor(Term term) {
        return new CommandExecutor() {
            @Override
            public <T> CompletableFuture<T> submit(Request.Action<T> action) {
                return CompletableFuture.completedFuture(perform(term, action));
            }
        };
    }

    @Test
    void shouldFenceItsPredecessorSoThatNoNumberIsGivenTwice() {
        // Given
        Term first = begin();
        create(first, 10);
        Term second = begin();

        // When both see a free trainer
        publish(Topics.TRAINERS, "t1", Studied.ready("t1", 2));

        // Then the older one can commit nothing
        assertThatThrownBy(() -> roundUntil(first, () -> false)).isInstanceOf(FencedException.class);
        roundUntil(second, () -> ledger().size() >= 2);
        assertThat(ledger()).extracting(LedgerRecord::number).containsExactly(0, 1);
    }

    @Test
    void shouldPutAsideWhatItCannotReadAndGoOn() {
        // Given
        Term term = begin();
        create(term, 10);
        try (KafkaProducer<String, byte[]> raw = connection.producer(Map.of())) {
            for (TopicDefinition topic : List.of(Topics.TRIAL_OUTCOMES, Topics.TRIAL_REPORTS, Topics.TRAINERS)) {
                raw.send(new ProducerRecord<>(topic.name(), 0, "k", "noise".getBytes()));
                raw.send(new ProducerRecord<>(topic.name(), 0, "k", "{\"schemaVersion\":1}".getBytes()));
            }
        }
        LedgerRecord stranger = LedgerRecord.proposed(
                new TrialId("stranger", 0),
                new LedgerRecord.Point(Map.of(), Map.of(), "h"),
                Origin.STARTUP,
                new LedgerRecord.Basis(0, List.of(), new SamplerStamp("random", 1)),
                Studied.NOW);
        publishOfStudy(Topics.TRIAL_REPORTS, stranger, Studied.started(stranger, "run-1"));

        // When
        publish(Topics.TRAINERS, "t1", Studied.ready("t1", 1));
        roundUntil(
                term,
                () -> ledger().size() == 1
                        && all(Topics.DEAD_LETTERS, DeadLetter.class).size() >= 7);

        // Then
        assertThat(all(Topics.DEAD_LETTERS, DeadLetter.class))
                .extracting(letter -> letter.topic() + " " + letter.code())
                .containsExactlyInAnyOrder(
                        "trial-outcomes NOT_JSON",
                        "trial-outcomes MISSING_FIELD",
                        "trial-reports NOT_JSON",
                        "trial-reports MISSING_FIELD",
                        "trial-reports UNKNOWN_STUDY",
                        "trainers NOT_JSON",
                        "trainers MISSING_FIELD");
    }

    /** An earlier release took them; they must neither end this suggester nor stay for ever. */
    @Test
    void shouldEndStoredStudiesThatAreRefusedTodayAsFailedAndServeTheOthers() {
        // Given three studies on the topic, two of them beyond the limits
        publish(Topics.STUDIES, "many", stored("many", Map.of("type", "tree-tpe", "candidates", 1_000_000_000), 1));
        publish(Topics.STUDIES, "wide", stored("wide", Map.of("type", "random"), 1.7e308));
        publish(Topics.STUDIES, STUDY, Studied.study(STUDY, 10));

        // When
        Term term = begin();
        publish(Topics.TRAINERS, "t1", Studied.ready("t1", 2));
        roundUntil(term, () -> ledger().size() == 2);

        // Then
        assertThat(ledger()).extracting(LedgerRecord::studyId).containsOnly(STUDY);
        assertThat(all(Topics.STUDIES, StudyRecord.class))
                .filteredOn(study -> study.state() == StudyState.FAILED)
                .extracting(
                        StudyRecord::studyId,
                        study -> study.stateReason().orElseThrow().text())
                .satisfiesExactlyInAnyOrder(
                        many -> assertThat(many.toList().toString()).contains("many", "sampler.candidates", "100000"),
                        wide -> assertThat(wide.toList().toString()).contains("wide", "space.x.uniform", "1.0E100"));
        new StudyCommands(executor(term), TestSettings.defaults())
                .delete("many")
                .join();
        assertThat(all(Topics.STUDIES, StudyRecord.class))
                .extracting(StudyRecord::state)
                .contains(StudyState.DELETED);
    }

    private static StudyRecord stored(String name, Map<String, Object> sampler, double bound) {
        StudyRecord today = Studied.study(name, 10);
        StudySpec spec = today.spec();
        SearchSpace space = SearchSpace.read(Map.of("x", Map.of("uniform", List.of(-bound, bound))), spec.grid());
        StudySpec earlier = new StudySpec(
                name,
                spec.objective(),
                sampler,
                spec.seed(),
                spec.budget(),
                spec.concurrency(),
                spec.pool(),
                spec.training(),
                List.of(),
                space,
                spec.grid());
        return StudyRecord.created(name, earlier, Optional.empty(), Studied.NOW);
    }

    @Test
    void shouldLetAnEnqueuedConfigurationGoFirst() {
        Term term = begin();
        create(term, 10);
        perform(term, (context, commit) -> {
            ActiveStudy study = context.studies().find(STUDY).orElseThrow();
            var configuration = study.history().spec().space().configuration(Map.of("x", 0.25, "kind", "b"));
            context.updates()
                    .add(
                            study,
                            List.of(study.proposer().enqueued(study.history(), 0, configuration, Studied.NOW)),
                            commit);
            return null;
        });

        publish(Topics.TRAINERS, "t1", Studied.ready("t1", 1));
        roundUntil(term, () -> all(Topics.proposals("default"), Proposal.class).size() == 1);

        assertThat(all(Topics.proposals("default"), Proposal.class).get(0).configuration())
                .containsEntry("x", 0.25)
                .containsEntry("kind", "b");
    }

    @Test
    void shouldNoticeThatTheQueueDroppedARecordAndEndTheTrialAtTheLimit() throws Exception {
        // Given a short clock, and a member of the share group that hands every record back
        Term term = begin(TestSettings.with(Map.of("tick", "PT0.1S", "passed-ticks", "1", "runs-lost-limit", "2")));
        create(term, 1);
        Thread poison = new Thread(this::giveBackWhatever, "gives back");
        poison.start();

        // When the broker has handed the record out as often as it ever does, for each dispatch
        publish(Topics.TRAINERS, "t1", Studied.ready("t1", 1));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .until(() -> perform(
                        term, (context, commit) -> context.studies().find(STUDY).orElseThrow().history().open().stream()
                                .anyMatch(trial -> trial.ledger().hasEnded())));
        poison.interrupt();
        poison.join();

        // Then the trial was queued again, up to the limit
        assertThat(ledger()).singleElement().satisfies(trial -> {
            assertThat(trial.dispatch()).isEqualTo(2);
            assertThat(trial.failure())
                    .hasValueSatisfying(reason -> assertThat(reason.text()).contains("QUEUE_PASSED"));
        });
    }

    /** A trainer in whose hands every trial dies: it joins the group and releases what it gets. */
    private void giveBackWhatever() {
        Map<String, Object> config = connection.common();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, Topics.shareGroup("default"));
        config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        try (Admin admin = connection.admin();
                KafkaShareConsumer<String, byte[]> consumer =
                        new KafkaShareConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, Topics.shareGroup("default"));
            AlterConfigOp earliest =
                    new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(group, List.of(earliest)))
                    .all()
                    .get();
            consumer.subscribe(List.of(Topics.proposals("default").name()));
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(Duration.ofMillis(500))
                        .forEach(record -> consumer.acknowledge(record, AcknowledgeType.RELEASE));
                consumer.commitSync();
            }
        } catch (InterruptException | InterruptedException e) {
            // The test is over.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Term begin() {
        return begin(TestSettings.defaults());
    }

    @Test
    void shouldQueueATrialAgainWhoseFinalReportWasDeletedBeforeItWasRecorded() throws Exception {
        // Given a trial that was reported, while results is away
        Term term = begin(TestSettings.with(Map.of("tick", "PT0.1S", "lost-ticks", "5")));
        create(term, 10);
        publish(Topics.TRAINERS, "t1", Studied.ready("t1", 1));
        roundUntil(term, () -> ledger().size() == 1);
        LedgerRecord trial = ledger().get(0);
        publishOfStudy(Topics.TRIAL_REPORTS, trial, Studied.finished(trial, "run-0", 0.5));
        roundUntil(term, () -> ledger().size() == 2);

        // When the report is deleted
        TopicPartition partition =
                new TopicPartition(Topics.TRIAL_REPORTS.name(), Topics.partition(Topics.TRIAL_REPORTS, STUDY));
        try (Admin admin = connection.admin()) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }

        // Then
        roundUntil(term, () -> ledger().get(0).dispatch() == 2);
    }

    private Term begin(SuggesterSettings settings) {
        SuggesterEnvironment environment = new SuggesterEnvironment(
                connection,
                settings,
                publisher,
                new SuggesterMeters(new SimpleMeterRegistry()),
                new TrialTraces(OpenTelemetry.noop(), "suggester"));
        Term term = Term.open(environment, Clock.systemUTC());
        terms.add(term);
        term.begin();
        return term;
    }

    private void create(Term term, int trials) {
        perform(term, (context, commit) -> context.updates().create(Studied.study(STUDY, trials), commit));
    }

    private static <T> T perform(Term term, Request.Action<T> action) {
        Request<T> request = Request.of(action);
        term.round(List.of(request));
        return request.answer().join();
    }

    private static void roundUntil(Term term, BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> {
            term.round(List.of());
            return condition.getAsBoolean();
        });
    }

    private void publish(TopicDefinition topic, String key, Message message) {
        publisher.publish(topic, key, message).join();
    }

    private void publishOfStudy(TopicDefinition topic, LedgerRecord trial, Message message) {
        publisher
                .publish(topic, trial.studyId(), trial.trialId().toString(), message)
                .join();
    }

    /** The newest ledger record of each trial. */
    private List<LedgerRecord> ledger() {
        Map<Integer, LedgerRecord> newest = new java.util.TreeMap<>();
        all(Topics.TRIAL_LEDGER, LedgerRecord.class).forEach(record -> newest.put(record.number(), record));
        return List.copyOf(newest.values());
    }

    private <M extends Message> List<M> all(TopicDefinition topic, Class<M> type) {
        List<Received> read = new ArrayList<>();
        try (TopicFollower follower = new TopicFollower(
                connection, "test", List.of(topic), new DeadLetters(publisher, "test", Clock.systemUTC()))) {
            follower.readToEnd(read::add);
        }
        return read.stream()
                .map(received -> type.cast(received.message().orElseThrow()))
                .toList();
    }
}
