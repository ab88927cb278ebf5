package io.trialstream.results;

import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import io.trialstream.infrastructure.DatabaseAccess;
import io.trialstream.infrastructure.EmbeddedBroker;
import io.trialstream.infrastructure.EmbeddedDatabase;
import io.trialstream.messaging.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that was lost, or restored from an older backup, is made from the topics again, with the same numbers. */
class RebuildIT {
    @TempDir
    static Path directory;

    private static EmbeddedBroker kafka;
    private static EmbeddedDatabase server;
    private static int databases;

    private final AStudy study = aStudy();
    private Broker broker;

    @BeforeAll
    static void startServers() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
        kafka = EmbeddedBroker.startTemporary();
        server = EmbeddedDatabase.start(directory.resolve("database"));
    }

    @AfterAll
    static void stopServers() {
        kafka.close();
        server.close();
    }

    @BeforeEach
    void connect() {
        broker = new Broker(kafka.bootstrapServers());
    }

    @AfterEach
    void disconnect() {
        ResultsProcess.killAll();
        broker.close();
    }

    @Test
    void shouldGiveNoNumberAnewWhenTheDatabaseIsLost() throws Exception {
        // Given ends of every kind, and one that was reported before the suggester gave the trial up
        ResultsProcess before = start(emptyDatabase());
        propose(12);
        complete(0, 0.5);
        broker.publish(
                aTrial(study, 1).started("a"), aTrial(study, 1).ended("a", TrialState.INFEASIBLE),
                aTrial(study, 2).started("a"), aTrial(study, 2).ended("a", TrialState.CANCELLED));
        complete(3, 0.7);
        complete(4, 0.6);
        awaitOutcomes(5);
        Reason reason = new Reason("RUNS_LOST", "three runs broke off");
        broker.publish(
                aTrial(study, 4).proposed().failed(reason),
                aTrial(study, 5).proposed().failed(reason));
        awaitOutcomes(6);
        complete(6, 0.8);
        awaitOutcomes(7);
        Map<Integer, JsonNode> known = trials(before, 7);
        JsonNode history = history(before);
        before.kill();

        // When trials are imported and others end, and the database is lost
        broker.publish(IntStream.range(20, 25)
                .mapToObj(number -> aTrial(study, number).imported(TrialState.COMPLETED, Optional.of(0.9)))
                .toArray(io.trialstream.contracts.Message[]::new));
        complete(7, 0.75);
        complete(8, 0.95);
        ResultsProcess rebuilt = start(emptyDatabase());

        // Then everything is as it was, and only what is new has new numbers
        awaitOutcomes(14);
        assertThat(trials(rebuilt, 7)).isEqualTo(known);
        assertEachHasOneNumber(12);
        assertThat(history(rebuilt).path("items")).startsWith(elements(history.path("items")));
        assertThat(rebuilt.get("/api/v1/studies/" + study.studyId())
                        .at("/best/number")
                        .asInt())
                .isEqualTo(8);
        assertThat(rebuilt.get("/api/v1/studies/" + study.studyId())
                        .at("/trials/failed")
                        .asInt())
                .isEqualTo(1);

        // Then the next ones go on from there
        complete(9, 0.1);
        awaitOutcomes(15);
        assertEachHasOneNumber(13);
    }

    @Test
    void shouldGoOnFromAnOlderBackup() throws Exception {
        // Given a backup in the midst of a study
        DatabaseAccess database = emptyDatabase();
        ResultsProcess before = start(database);
        propose(10);
        complete(0, 0.5);
        complete(1, 0.7);
        broker.publish(aTrial(study, 2).started("a"));
        awaitOutcomes(2);
        await().until(() -> before.get("/api/v1/trials/" + aTrial(study, 2).id())
                .path("state")
                .asText()
                .equals("RUNNING"));
        before.kill();
        DatabaseAccess backup = copyOf(database);
        ResultsProcess after = start(database);
        complete(3, 0.9);
        complete(4, 0.6);
        broker.publish(aTrial(study, 2).completed("a", 0.8));
        awaitOutcomes(5);
        Map<Integer, JsonNode> known = trials(after, 5);
        JsonNode history = history(after);
        after.kill();

        // When it is restored, and trials were imported meanwhile
        broker.publish(
                aTrial(study, 20).imported(TrialState.COMPLETED, Optional.of(0.65)),
                aTrial(study, 21).imported(TrialState.COMPLETED, Optional.of(0.95)));
        ResultsProcess restored = start(backup);

        // Then
        awaitOutcomes(7);
        assertThat(trials(restored, 5)).isEqualTo(known);
        assertThat(history(restored).path("items")).startsWith(elements(history.path("items")));
        assertEachHasOneNumber(7);
    }

    @Test
    void shouldEndTrialsWhoseReportsAreGoneAsTheirOutcomesSay() throws Exception {
        // Given
        ResultsProcess before = start(emptyDatabase());
        propose(4);
        complete(0, 0.5);
        complete(1, 0.75);
        broker.publish(aTrial(study, 2).started("a"), aTrial(study, 2).ended("a", TrialState.INFEASIBLE));
        awaitOutcomes(3);
        before.kill();

        // When the reports' time is over and the database is lost
        deleteReports();
        ResultsProcess rebuilt = start(emptyDatabase());

        // Then
        Map<Integer, JsonNode> trials = trials(rebuilt, 3);
        assertThat(trials.get(1).path("state").asText()).isEqualTo("COMPLETED");
        assertThat(trials.get(1).path("objective").asDouble()).isEqualTo(0.75);
        assertThat(trials.get(1).path("epochs").asInt()).isEqualTo(3);
        assertThat(trials.get(1).at("/best/objective").asDouble()).isEqualTo(0.75);
        assertThat(trials.get(2).at("/reason/code").asText()).isEqualTo("NON_FINITE_LOSS");
        assertThat(rebuilt.get("/api/v1/studies/" + study.studyId() + "/leaderboard")
                        .path("items"))
                .extracting(item -> item.at("/trial/number").asInt())
                .containsExactly(1, 0);
        complete(3, 0.6);
        awaitOutcomes(4);
        assertEachHasOneNumber(4);
    }

    @Test
    void shouldNoticeWhatIsGoneFromTheTopicsAndPublishOutcomesAgain() throws Exception {
        // Given a report that is deleted before results reads it
        DatabaseAccess database = emptyDatabase();
        ResultsProcess before = start(database);
        propose(3);
        complete(0, 0.5);
        awaitOutcomes(1);
        before.kill();
        complete(1, 0.75);
        deleteReports();

        // When it starts again
        ResultsProcess after = start(database, "-Dtrialstream.results.measure-every=PT1S");

        // Then it says so
        await().untilAsserted(
                        () -> assertThat(gaps(after)).anyMatch(gap -> gap.contains("2 records of trial-reports")));
        assertThat(after.health().path("status").asText()).isEqualTo("UP");

        // When a topic is deleted while it runs
        List<Outcome> published = broker.outcomes(study.studyId());
        try (Admin admin = new KafkaConnection(Map.of("bootstrap.servers", kafka.bootstrapServers())).admin()) {
            admin.deleteTopics(List.of(Topics.TRIAL_OUTCOMES.name())).all().get();
        }

        // Then it makes the topic anew, with what it held, and says so
        await().untilAsserted(() ->
                assertThat(gaps(after)).anyMatch(gap -> gap.contains("trial-outcomes was deleted and made anew")));
        try (Broker anew = new Broker(kafka.bootstrapServers())) {
            await().untilAsserted(
                            () -> assertThat(anew.outcomes(study.studyId())).containsAll(published));
        }
    }

    private static List<String> gaps(ResultsProcess results) {
        List<String> gaps = new ArrayList<>();
        results.check("topics").path("data").forEach(gap -> gaps.add(gap.asText()));
        return gaps;
    }

    private void propose(int trials) {
        broker.publish(study.running());
        IntStream.range(0, trials)
                .forEach(number -> broker.publish(aTrial(study, number).proposed()));
    }

    private void complete(int number, double objective) {
        ATrial trial = aTrial(study, number);
        broker.publish(trial.started("a"), trial.epoch("a", 1, objective), trial.completed("a", objective));
    }

    private void awaitOutcomes(int trials) {
        await().untilAsserted(() -> assertThat(outcomes()).hasSize(trials));
    }

    /** The newest outcome of each trial. */
    private Map<Integer, Outcome> outcomes() {
        return broker.outcomes(study.studyId()).stream()
                .collect(Collectors.toMap(Outcome::number, outcome -> outcome, (a, b) -> b));
    }

    /** Whatever was published of a trial, and however often, says the same; no number is given twice or left out. */
    private void assertEachHasOneNumber(int evidence) {
        List<Outcome> all = broker.outcomes(study.studyId()).stream().distinct().toList();
        assertThat(all).extracting(Outcome::number).doesNotHaveDuplicates();
        assertThat(all.stream().flatMap(outcome -> outcome.evidenceNumber().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, evidence).boxed().toList());
    }

    private Map<Integer, JsonNode> trials(ResultsProcess results, int count) {
        Map<Integer, JsonNode> trials = new LinkedHashMap<>();
        for (int number = 0; number < count; number++) {
            trials.put(
                    number,
                    results.get("/api/v1/trials/" + aTrial(study, number).id()));
        }
        return trials;
    }

    private JsonNode history(ResultsProcess results) {
        return results.get("/api/v1/studies/" + study.studyId() + "/history");
    }

    private static JsonNode[] elements(JsonNode array) {
        JsonNode[] elements = new JsonNode[array.size()];
        IntStream.range(0, array.size()).forEach(i -> elements[i] = array.get(i));
        return elements;
    }

    private static ResultsProcess start(DatabaseAccess database, String... options) throws Exception {
        return ResultsProcess.start(kafka.bootstrapServers(), database, options).awaitReady();
    }

    private static DatabaseAccess emptyDatabase() {
        return server.createDatabase("results_" + databases++);
    }

    /** A copy of a database that nobody uses. */
    private static DatabaseAccess copyOf(DatabaseAccess original) {
        String name = original.url().substring(original.url().lastIndexOf('/') + 1);
        return await().ignoreExceptions()
                .until(() -> server.copyDatabase(name, "results_" + databases++), copy -> true);
    }

    private void deleteReports() throws Exception {
        TopicPartition partition = new TopicPartition(
                Topics.TRIAL_REPORTS.name(), Topics.partition(Topics.TRIAL_REPORTS, study.studyId()));
        try (Admin admin = new KafkaConnection(Map.of("bootstrap.servers", kafka.bootstrapServers())).admin()) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }
    }
}
