package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.messaging.FaultPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The suggester killed and frozen at every step around publishing a proposal; and a study that ends without trainers. */
class SuggesterFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** Before the transaction, in it, after its commit, and after the queue has the record. */
    private static final List<FaultPoint> STEPS = List.of(
            FaultPoint.SUGGESTER_DECIDED,
            FaultPoint.SUGGESTER_SENT,
            FaultPoint.SUGGESTER_COMMITTED,
            FaultPoint.SUGGESTER_QUEUED);

    private static final int TRIALS = 40;
    private static Cluster cluster;
    private static Api api;

    private final List<Child> children = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = Cluster.shared();
        api = cluster.api();
    }

    @AfterEach
    void end() {
        children.stream().filter(Child::isAlive).forEach(Child::kill);
        if (!cluster.suggester().isAlive()) {
            cluster.suggester().start().awaitReady();
        }
    }

    @Test
    void shouldGiveEachNumberOneConfigurationWhereverTheSuggesterIsKilled() {
        // Given a study that is under way, with two slots
        trainer(2);
        String study = api.create(Studies.fateful(TRIALS, 2, Duration.ofMillis(300)));
        awaitCompleted(study, 2);

        // When the suggester dies at one step after the other
        cluster.suggester().kill();
        for (FaultPoint step : STEPS) {
            cluster.suggester().start(step.killing(2));
            cluster.suggester().awaitEnd(PATIENCE);
        }
        long killed = System.nanoTime();
        cluster.suggester().start().awaitReady();
        awaitInFlight(study, 2);
        String recovered = Figures.since(killed);
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Runs runs = assertNumbersAreGivenOnce(study);
        Figures.show(
                "4 kill -9 of the suggester at 4 steps",
                "two trials in flight again after %s (start of the process included); numbers used twice: 0, "
                        + "skipped: 0, trained to the end twice: %d, lost: 0",
                recovered,
                runs.trainedTwice());
    }

    @Test
    void shouldFenceSuggestersThatWereFrozenAtEachOfTheStepsAndComeBack() {
        // Given a study that is under way
        trainer(2);
        String study = api.create(Studies.fateful(TRIALS, 2, Duration.ofMillis(300)));
        awaitCompleted(study, 2);

        // When one suggester after the other freezes at its step, and all come back under their last successor
        cluster.suggester().kill();
        List<Child> zombies = new ArrayList<>();
        for (FaultPoint step : STEPS) {
            Child zombie = cluster.anotherSuggester("zombie-" + step).start(step.freezing(2));
            children.add(zombie);
            zombies.add(zombie);
            Awaitility.await().atMost(PATIENCE).until(zombie::isFrozen);
        }
        cluster.suggester().start().awaitReady();
        awaitInFlight(study, 2);
        zombies.forEach(Child::thaw);

        // Then those that have something to commit end, and nothing of theirs counts
        api.await(study, "COMPLETED", PATIENCE);
        Runs runs = assertNumbersAreGivenOnce(study);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(zombies)
                .noneMatch(Child::isAlive));
        assertThat(cluster.suggester().isReady()).isTrue();
        Figures.show(
                "4 SIGSTOP/SIGCONT of the suggester at 4 steps",
                "fenced: %d of 4 zombies; numbers used twice: 0, skipped: 0, trained to the end twice: %d, lost: 0",
                zombies.stream().filter(zombie -> !zombie.isAlive()).count(),
                runs.trainedTwice());
    }

    @Test
    void shouldEndTheQueuedTrialsOfAStoppedStudyWithoutAnyTrainer() {
        // Given at least one trial in the queue of a trainer that is gone; others may wait
        Child gone = cluster.trainer(1).awaitReady();
        gone.freeze();
        String study = api.create(Studies.fateful(6, 2, Duration.ofMillis(100), "none", "none", "none"));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        api.trial(study, 0).get("dispatch").asInt())
                .isEqualTo(1));
        gone.kill();

        // When
        long stopped = System.nanoTime();
        api.command(study, "stop");

        // Then
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.count(study, "cancelled"))
                .isEqualTo(3));
        assertThat(api.trials(study))
                .extracting(trial -> trial.get("state").asText(), trial -> trial.at("/reason/code")
                        .asText())
                .containsOnly(tuple("CANCELLED", "STOPPED_BY_USER"));
        Figures.show(
                "- stopping without trainers", "3 queued or waiting trials CANCELLED after %s", Figures.since(stopped));
    }

    private Runs assertNumbersAreGivenOnce(String study) {
        Studies.assertWhole(api, study, TRIALS);
        Runs runs = Runs.of(cluster.connection(), study);
        Map<Integer, Long> configurations = runs.configurationsByNumber();
        assertThat(configurations.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, TRIALS).boxed().toList());
        assertThat(configurations.values()).containsOnly(1L);
        assertThat(runs.trainedTwice()).isZero();
        return runs;
    }

    private void trainer(int slots) {
        children.add(cluster.trainer(slots).awaitReady());
    }

    private static void awaitCompleted(String study, int trials) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.count(study, "completed"))
                .isGreaterThanOrEqualTo(trials));
    }

    private static void awaitInFlight(String study, int trials) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            JsonNode counts = api.get("/studies/" + study).get("trials");
            assertThat(counts.path("running").asInt() + counts.path("queued").asInt())
                    .isGreaterThanOrEqualTo(trials);
        });
    }
}
