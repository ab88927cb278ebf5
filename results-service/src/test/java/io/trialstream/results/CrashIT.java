package io.trialstream.results;

import static io.trialstream.results.AStudy.aStudy;
import static io.trialstream.results.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Topics;
import io.trialstream.infrastructure.EmbeddedBroker;
import io.trialstream.infrastructure.EmbeddedDatabase;
import io.trialstream.infrastructure.EmbeddedDatabase.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the service, its database or its broker goes away, with the service as a process of its own. */
class CrashIT {
    private static final int TRIALS = 400;

    @TempDir
    static Path directory;

    private static EmbeddedBroker kafka;
    private static EmbeddedDatabase database;

    private Broker broker;
    private final AStudy study = aStudy();
    private final ATrial first = aTrial(study, 0);
    private final ATrial second = aTrial(study, 1);

    @BeforeAll
    static void startServers() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
        kafka = EmbeddedBroker.startTemporary();
        database = EmbeddedDatabase.start(directory.resolve("database"));
    }

    @AfterAll
    static void stopServers() {
        kafka.close();
        database.close();
    }

    @BeforeEach
    void connect() {
        broker = new Broker(kafka.bootstrapServers());
    }

    @AfterEach
    void disconnect() {
        broker.close();
    }

    @Test
    void shouldNeitherLoseNorDoubleAnythingWhenKilledAgainAndAgain() throws IOException {
        // Given reports that keep coming
        String url = database.createDatabase("killed");
        ResultsProcess results = start(url).awaitReady();
        CompletableFuture<Void> trainers = CompletableFuture.runAsync(this::train);

        // When the service is killed in the midst of them
        for (int outcomes : List.of(TRIALS / 10, TRIALS / 3, TRIALS * 2 / 3)) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> broker.outcomes(study.studyId()).size() >= outcomes);
            results.kill();
            results = start(url);
        }
        trainers.join();

        // Then every trial has one outcome, every outcome its own number, and no number is left out
        try (ResultsProcess last = results) {
            await().until(() -> outcomesByNumber().size() == TRIALS);
            await().until(() -> last.get("/api/v1/studies/" + study.studyId())
                            .path("trials")
                            .path("completed")
                            .asInt()
                    == TRIALS);
            Set<Outcome> distinct = new HashSet<>(broker.outcomes(study.studyId()));
            assertThat(distinct).hasSize(TRIALS);
            assertThat(distinct)
                    .extracting(outcome -> outcome.evidenceNumber().orElseThrow())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, TRIALS).boxed().toList());
            for (int number = 0; number < TRIALS; number += 37) {
                JsonNode trial = last.get("/api/v1/trials/" + study.studyId() + ":" + number);
                assertThat(trial.path("duplicateReports").asInt())
                        .as("duplicates of %s", number)
                        .isEqualTo(1);
                assertThat(trial.path("runs")).hasSize(1);
                await().until(() ->
                        last.get("/api/v1/trials/" + trial.path("trialId").asText() + "/curve")
                                        .path("epochs")
                                        .size()
                                == 2);
            }
        }
    }

    private void train() {
        broker.publish(study.running());
        for (int number = 0; number < TRIALS; number++) {
            ATrial trial = aTrial(study, number);
            broker.publish(
                    trial.proposed(),
                    trial.started("a"),
                    trial.epoch("a", 1, 0.5),
                    trial.epoch("a", 2, 0.6),
                    trial.completed("a", number / 1000.0),
                    trial.completed("a", 1));
        }
    }

    private Set<Integer> outcomesByNumber() {
        return broker.outcomes(study.studyId()).stream().map(Outcome::number).collect(Collectors.toSet());
    }

    @Test
    void shouldWaitForItsDatabaseAndGoOn() throws IOException {
        Path data = directory.resolve("outage");
        EmbeddedDatabase outage = EmbeddedDatabase.start(data);
        int port = outage.port();
        try (ResultsProcess results =
                ResultsProcess.start(kafka.bootstrapServers(), outage.jdbcUrl()).awaitReady()) {
            // Given
            broker.publish(study.running(), first.proposed(), second.proposed(), first.completed("a", 0.5));
            await().until(() -> broker.outcomes(study.studyId()).size() == 1);

            // When
            outage.close();
            broker.publish(second.started("a"), second.completed("a", 0.75));

            // Then
            await().until(() -> results.health().path("status").asText().equals("DOWN"));
            assertThat(results.ingest().path("data").path("state").asText()).isEqualTo("Retrying");

            // When
            outage = EmbeddedDatabase.start(data, port, Durability.PROCESS_ONLY);

            // Then
            results.awaitReady();
            await().until(() -> broker.outcomes(study.studyId()).size() == 2);
            assertThat(broker.outcomes(study.studyId()))
                    .extracting(outcome -> outcome.evidenceNumber().orElseThrow())
                    .containsExactly(1L, 2L);
            assertThat(results.get("/api/v1/studies/" + study.studyId())
                            .path("best")
                            .path("number")
                            .asInt())
                    .isEqualTo(1);
        } finally {
            outage.close();
        }
    }

    @Test
    void shouldLetASecondReplicaServeReadersAndTakeOver() throws IOException {
        String url = database.createDatabase("replicas");
        try (ResultsProcess leader = start(url).awaitReady();
                ResultsProcess standby = start(url).awaitReady()) {
            // Given
            assertThat(leader.ingest().path("data").path("state").asText()).isEqualTo("Following");
            assertThat(standby.ingest().path("data").path("state").asText()).isEqualTo("Standby");
            broker.publish(study.running(), first.proposed(), second.proposed(), first.completed("a", 0.5));
            await().until(() -> standby.get("/api/v1/trials/" + first.id())
                    .path("state")
                    .asText()
                    .equals("COMPLETED"));

            // When
            leader.kill();
            broker.publish(second.completed("a", 0.75));

            // Then
            await().until(() -> standby.get("/api/v1/trials/" + second.id())
                    .path("state")
                    .asText()
                    .equals("COMPLETED"));
            await().until(() ->
                    standby.ingest().path("data").path("state").asText().equals("Following"));
            await().until(() -> broker.outcomes(study.studyId()).size() == 2);
        }
    }

    @Test
    void shouldReadAnotherClusterFromItsBeginning() throws IOException {
        String url = database.createDatabase("moved");
        try (ResultsProcess results = start(url).awaitReady()) {
            broker.publish(study.running(), first.proposed(), second.proposed(), first.completed("a", 0.5));
            await().until(() -> broker.outcomes(study.studyId()).size() == 1);
        }
        try (EmbeddedBroker other = EmbeddedBroker.startTemporary();
                ResultsProcess results =
                        ResultsProcess.start(other.bootstrapServers(), url).awaitReady();
                Broker there = new Broker(other.bootstrapServers())) {
            // When
            there.publish(second.started("a"), second.completed("a", 0.75));

            // Then the outcomes of before are there too
            await().until(() -> there.outcomes(study.studyId()).size() == 2);
            assertThat(there.outcomes(study.studyId()))
                    .extracting(outcome -> outcome.evidenceNumber().orElseThrow())
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void shouldStopAtARecordOfANewerRelease() throws Exception {
        String url = database.createDatabase("newer");
        try (EmbeddedBroker newer = EmbeddedBroker.startTemporary();
                ResultsProcess results =
                        ResultsProcess.start(newer.bootstrapServers(), url).awaitReady();
                Broker there = new Broker(newer.bootstrapServers())) {
            there.publish(study.running(), first.proposed());
            await().until(() -> results.get("/api/v1/trials/" + first.id())
                    .path("state")
                    .asText()
                    .equals("QUEUED"));

            // When
            there.publishRaw(
                    Topics.TRIAL_LEDGER,
                    study.studyId(),
                    second.id(),
                    "{\"schemaVersion\": 2}".getBytes(StandardCharsets.UTF_8));

            // Then
            await().until(() -> results.health().path("status").asText().equals("DOWN"));
            assertThat(results.ingest().path("data").path("reason").asText()).contains("schemaVersion 2", "upgrade");
            assertThat(results.get("/api/v1/trials/" + first.id()).path("state").asText())
                    .isEqualTo("QUEUED");
            assertThat(there.deadLetters(second.id())).isEmpty();
        }
    }

    private static ResultsProcess start(String url) throws IOException {
        return ResultsProcess.start(kafka.bootstrapServers(), url);
    }
}
