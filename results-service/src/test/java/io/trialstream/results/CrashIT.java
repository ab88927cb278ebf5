package io.trialstream.results;

import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import io.trialstream.infrastructure.EmbeddedBroker;
import io.trialstream.infrastructure.EmbeddedDatabase;
import io.trialstream.infrastructure.EmbeddedDatabase.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens when the service, its database or its broker goes away, with the service as processes of their own. One
 * story of several chapters: starting processes is what takes the time.
 */
class CrashIT {
    private static final int TRIALS = 300;

    @TempDir
    static Path directory;

    private static EmbeddedBroker kafka;
    private static EmbeddedDatabase database;

    private Broker broker;
    /** So many trials are trained before the next service is to die. */
    private final AtomicInteger trained = new AtomicInteger(TRIALS / 3);

    private final AStudy study = aStudy();
    private final AStudy later = aStudy();

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
        ResultsProcess.killAll();
        broker.close();
    }

    @Test
    void shouldNeitherLoseNorDoubleAnythingWhateverDies() throws Exception {
        ResultsProcess survivor = killAgainAndAgain();
        everyTrialHasOneOutcomeIn(survivor);
        takeTheDatabaseAway(survivor);
        survivor.kill();
        goOnWithAnotherCluster();
    }

    private ResultsProcess killAgainAndAgain() throws IOException {
        // Given reports that keep coming, a replica that reads them and one that stands by
        ResultsProcess leader = start();
        ResultsProcess standby = start();
        leader.awaitReady();
        standby.awaitReady();
        assertThat(List.of(state(leader), state(standby))).containsExactlyInAnyOrder("Following", "Standby");
        ResultsProcess reading = state(leader).equals("Following") ? leader : standby;
        ResultsProcess other = reading == leader ? standby : leader;
        CompletableFuture<Void> trainers = CompletableFuture.runAsync(this::train);

        // When the one that reads is killed in the midst of them, and then its successor
        awaitOutcomes(TRIALS / 10);
        ATrial first = aTrial(study, 0);
        await().until(() ->
                other.get("/api/v1/trials/" + first.id()).path("state").asText().equals("COMPLETED"));
        reading.kill();
        ResultsProcess third = start();
        trained.set(TRIALS * 2 / 3);
        awaitOutcomes(TRIALS / 2);
        assertThat(state(other)).as("it has taken over").isIn("CatchingUp", "Following");
        other.kill();
        trained.set(TRIALS);
        trainers.join();
        return third.awaitReady();
    }

    private void everyTrialHasOneOutcomeIn(ResultsProcess results) {
        // Then every trial has one outcome, every outcome its own number, and no number is left out
        await().until(() -> outcomesByNumber().size() == TRIALS);
        await().until(() -> results.get("/api/v1/studies/" + study.studyId())
                        .path("trials")
                        .path("completed")
                        .asInt()
                == TRIALS);
        assertThat(outcomes(broker, study))
                .hasSize(TRIALS)
                .extracting(outcome -> outcome.evidenceNumber().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, TRIALS).boxed().toList());
        for (int number = 0; number < TRIALS; number += 37) {
            JsonNode trial = results.get("/api/v1/trials/" + study.studyId() + ":" + number);
            assertThat(trial.path("duplicateReports").asInt())
                    .as("duplicates of %s", number)
                    .isEqualTo(1);
            assertThat(trial.path("runs")).hasSize(1);
            await().until(() ->
                    results.get("/api/v1/trials/" + trial.path("trialId").asText() + "/curve")
                                    .path("epochs")
                                    .size()
                            == 2);
        }
    }

    private void awaitOutcomes(int atLeast) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> broker.outcomes(study.studyId()).size() >= atLeast);
    }

    /** Once each: what is published before its publication is noted comes again. */
    private static Set<Outcome> outcomes(Broker broker, AStudy of) {
        return new LinkedHashSet<>(broker.outcomes(of.studyId()));
    }

    private static String state(ResultsProcess results) {
        return results.ingest().path("data").path("state").asText();
    }

    private void train() {
        broker.publish(study.running());
        for (int number = 0; number < TRIALS; number++) {
            int next = number;
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(() -> next < trained.get());
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

    private void takeTheDatabaseAway(ResultsProcess results) {
        // Given
        ATrial first = aTrial(later, 0);
        ATrial second = aTrial(later, 1);
        broker.publish(later.running(), first.proposed(), second.proposed(), first.completed("a", 0.5));
        await().until(() -> outcomes(broker, later).size() == 1);

        // When its database goes away
        int port = database.port();
        database.close();
        broker.publish(second.started("a"), second.completed("a", 0.75));

        // Then it says so, and goes on when the database is back
        await().until(() -> results.health().path("status").asText().equals("DOWN"));
        await().until(() -> state(results).equals("Retrying"));
        database = EmbeddedDatabase.start(directory.resolve("database"), port, Durability.FULL);
        results.awaitReady();
        await().until(() -> outcomes(broker, later).size() == 2);
        assertThat(outcomes(broker, later))
                .extracting(outcome -> outcome.evidenceNumber().orElseThrow())
                .containsExactly(1L, 2L);
        assertThat(results.get("/api/v1/studies/" + later.studyId())
                        .path("best")
                        .path("number")
                        .asInt())
                .isEqualTo(1);
    }

    private void goOnWithAnotherCluster() throws Exception {
        ATrial third = aTrial(later, 2);
        ATrial fourth = aTrial(later, 3);
        try (EmbeddedBroker elsewhere = EmbeddedBroker.startTemporary();
                ResultsProcess results = ResultsProcess.start(
                                elsewhere.bootstrapServers(), database.createDatabase("results"))
                        .awaitReady();
                Broker there = new Broker(elsewhere.bootstrapServers())) {
            // When another cluster goes on with the study
            there.publish(later.running(), third.proposed(), third.completed("a", 0.25));

            // Then it is read from its beginning, and the outcomes of before are there too, but of a study that it
            // lacks
            await().until(() -> outcomes(there, later).size() == 3);
            assertThat(outcomes(there, later))
                    .extracting(outcome -> outcome.evidenceNumber().orElseThrow())
                    .containsExactlyInAnyOrder(1L, 2L, 3L);
            assertThat(outcomes(there, study)).isEmpty();
            JsonNode lost = results.get("/api/v1/studies/" + study.studyId());
            assertThat(lost.path("orphaned").asBoolean()).isTrue();
            assertThat(lost.at("/trials/completed").asInt()).isEqualTo(TRIALS);
            assertThat(results.get("/api/v1/studies/" + later.studyId())
                            .path("orphaned")
                            .asBoolean())
                    .isFalse();

            // When a newer release writes to it
            there.publishRaw(
                    Topics.TRIAL_LEDGER,
                    later.studyId(),
                    fourth.id(),
                    "{\"schemaVersion\": 2}".getBytes(StandardCharsets.UTF_8));

            // Then it reads no further and says why, and still serves readers
            await().until(() -> results.health().path("status").asText().equals("DOWN"));
            assertThat(results.ingest().path("data").path("reason").asText()).contains("schemaVersion 2", "upgrade");
            assertThat(results.get("/api/v1/trials/" + third.id()).path("state").asText())
                    .isEqualTo("COMPLETED");
            assertThat(there.deadLetters(fourth.id())).isEmpty();
        }
    }

    private static ResultsProcess start() throws IOException {
        return ResultsProcess.start(kafka.bootstrapServers(), database.createDatabase("results"));
    }
}
