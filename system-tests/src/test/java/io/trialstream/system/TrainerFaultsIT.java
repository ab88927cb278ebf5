package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.FaultPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens to trials when trainers die, freeze, drain, come and go; and when a trial ends its trainers. */
class TrainerFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static Cluster cluster;
    private static Api api;

    private final List<Child> trainers = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = Cluster.shared();
        api = cluster.api();
    }

    @AfterEach
    void end() {
        trainers.stream().filter(Child::isAlive).forEach(Child::kill);
    }

    @Test
    void shouldTrainATrialElsewhereWhenItsTrainerIsKilled() {
        // Given
        trainers(2);
        String study = api.create(Studies.sleeping(4, 6, Duration.ofMillis(500)));
        int number = Studies.awaitTraining(api, study, trainers.get(0).name(), 2);

        // When
        Instant killed = Instant.now();
        trainers.get(0).kill();
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 4);
        Runs runs = runs(study);
        assertThat(runs.trainedTwice()).isZero();
        assertThat(api.trial(study, number).get("runs"))
                .extracting(run -> run.get("stands").asBoolean())
                .containsExactly(false, true);
        Instant again = runs.startedElsewhere(number, trainers.get(0).name()).orElseThrow();
        Figures.show(
                "1 kill -9 of a trainer",
                "the trial began elsewhere after %s; trained to the end twice: %d, lost: 0",
                Figures.seconds(Duration.between(killed, again)),
                runs.trainedTwice());
    }

    @Test
    void shouldGoOnWhenAllTrainersWereKilledAtOnce() {
        // Given
        trainers(2);
        String study = api.create(Studies.sleeping(6, 6, Duration.ofMillis(300)));
        Studies.awaitTraining(api, study, trainers.get(0).name(), 1);
        Studies.awaitTraining(api, study, trainers.get(1).name(), 1);

        // When
        trainers.forEach(Child::kill);
        long killed = System.nanoTime();
        trainers(2);
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 6);
        Runs runs = runs(study);
        assertThat(runs.trainedTwice()).isZero();
        Figures.show(
                "1 kill -9 of all trainers",
                "6 trials done %s after the kill, with two new trainers; runs beyond one: %d, lost: 0",
                Figures.since(killed),
                runs.runsBeyondOne());
    }

    @Test
    void shouldCountATrialOnceWhoseTrainerDiesBetweenItsReportAndTheAcknowledgement() {
        // Given a trainer that dies there, and one that takes its record over
        Child dies = cluster.trainer(1, FaultPoint.TRAINER_REPORTED.killing(1)).awaitReady();
        trainers.add(dies);
        String study = api.create(Studies.sleeping(3, 2, Duration.ofMillis(200)));
        dies.awaitEnd(PATIENCE);

        // When
        trainers(1);
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 3);
        Runs runs = runs(study);
        assertThat(runs.runsBeyondOne()).as("the record is discarded").isZero();
        Figures.show("1 kill -9 between report and acknowledgement", "runs beyond one: %d, lost: 0", 0);
    }

    @Test
    void shouldCountTheLateResultOfAFrozenTrainerAsADuplicate() {
        // Given
        trainers(2);
        Child frozen = trainers.get(0);
        String study = api.create(Studies.sleeping(2, 4, Duration.ofMillis(2_000)));
        int number = Studies.awaitTraining(api, study, frozen.name(), 3);

        // When it is frozen in its last epoch, for longer than the lock lasts
        frozen.freeze();
        Instant stopped = Instant.now();
        api.await(study, "COMPLETED", PATIENCE);
        JsonNode before = api.trial(study, number);
        Instant again = runs(study).startedElsewhere(number, frozen.name()).orElseThrow();
        frozen.thaw();

        // Then its result comes, is counted, and changes nothing
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        api.trial(study, number).get("duplicateReports").asInt())
                .isEqualTo(1));
        Studies.assertWhole(api, study, 2);
        JsonNode after = api.trial(study, number);
        assertThat(after.get("objective")).isEqualTo(before.get("objective"));
        assertThat(after.get("trainerId")).isEqualTo(before.get("trainerId"));
        assertThat(after.get("evidenceNumber")).isEqualTo(before.get("evidenceNumber"));
        assertThat(runs(study).outcomes()).hasSize(2);
        Figures.show(
                "2 SIGSTOP beyond the lock",
                "the trial began elsewhere after %s; late results counted as duplicates: 1, doubled outcomes: 0, lost: 0",
                Figures.seconds(Duration.between(stopped, again)));
    }

    @Test
    void shouldGoOnElsewhereAtTheEpochAtWhichItsTrainerWasToldToEnd() {
        // Given
        trainers(2);
        String study = api.create(Studies.sleeping(2, 12, Duration.ofMillis(500)));
        int number = Studies.awaitTraining(api, study, trainers.get(0).name(), 3);

        // When
        long told = System.nanoTime();
        trainers.get(0).terminate();
        trainers.get(0).awaitEnd(PATIENCE);
        Duration drained = Duration.ofNanos(System.nanoTime() - told);
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 2);
        assertThat(drained).isLessThan(Duration.ofMillis(500).plusSeconds(10));
        Runs runs = runs(study);
        TrialReport.Interrupted interrupted = runs.interrupted(number);
        TrialReport.Started resumed = runs.started().stream()
                .filter(report -> report.run().number() == number)
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(interrupted.epoch()).isBetween(3, 11);
        assertThat(resumed.resumedFrom()).map(TrialReport.ResumePoint::epoch).contains(interrupted.epoch());
        List<Double> curve = new ArrayList<>();
        api.get("/trials/" + study + ":" + number + "/curve")
                .get("epochs")
                .forEach(epoch -> curve.add(epoch.at("/metrics/objective").asDouble()));
        assertThat(curve).hasSize(12).isSorted().doesNotHaveDuplicates();
        Figures.show(
                "3 SIGTERM of a trainer",
                "gone after %s (epochs of 0.5 s); resumed elsewhere from epoch %d, the curve is whole; trained to the "
                        + "end twice: %d, lost: 0",
                Figures.seconds(drained),
                interrupted.epoch(),
                runs.trainedTwice());
    }

    @Test
    void shouldFailATrialThatAlwaysKillsItsTrainer() {
        // Given a supervisor that starts a trainer whenever one has died
        String study = api.create(Studies.fateful(3, 2, Duration.ofMillis(100), "kill"));
        long begun = System.nanoTime();

        // When
        int started = superviseUntil(study, "COMPLETED");

        // Then
        JsonNode trial = api.trial(study, 0);
        assertThat(trial.get("state").asText()).isEqualTo("FAILED");
        assertThat(trial.at("/reason/code").asText()).isEqualTo("TRAINER_LOST");
        assertThat(api.count(study, "failed")).isEqualTo(1);
        assertThat(api.count(study, "completed")).as("the failed trial counts").isEqualTo(2);
        // The limit, and one more where a run begins before the last one is known to be lost.
        assertThat(started - 1).as("trainers that died").isBetween(3, 4);
        Figures.show(
                "9 a trial that kills its trainers",
                "FAILED after %d trainers had died, the study complete after %s: %s",
                started - 1,
                Figures.since(begun),
                trial.at("/reason/text").asText());
    }

    @Test
    void shouldTellAStuckTrialSoQueueItAgainAndFailItAtTheLimit() {
        // Given
        trainers(1);
        String study = api.create(Studies.fateful(3, 2, Duration.ofMillis(100), "hang"));
        long begun = System.nanoTime();

        // When
        api.await(study, "COMPLETED", PATIENCE);

        // Then three runs were told and ended, on a trainer that lives
        JsonNode trial = api.trial(study, 0);
        assertThat(trial.get("state").asText()).isEqualTo("FAILED");
        assertThat(trial.at("/reason/text").asText()).contains("STUCK");
        assertThat(trial.get("dispatch").asInt()).isEqualTo(3);
        assertThat(api.count(study, "completed")).isEqualTo(2);
        assertThat(trainers.get(0).isAlive()).isTrue();
        Figures.show(
                "10 a stuck trial",
                "3 dispatches, each told STUCK after 6 s, then FAILED; the study complete after %s",
                Figures.since(begun));
    }

    private int superviseUntil(String study, String state) {
        int started = 0;
        Instant end = Instant.now().plus(PATIENCE);
        while (!api.get("/studies/" + study).get("state").asText().equals(state)) {
            assertThat(Instant.now()).as(cluster::logs).isBefore(end);
            if (trainers.stream().noneMatch(Child::isAlive)) {
                trainers.add(cluster.trainer(1));
                started++;
            }
            Child.pause(Duration.ofMillis(100));
        }
        return started;
    }

    private void trainers(int count) {
        List<Child> started =
                Stream.generate(() -> cluster.trainer(1)).limit(count).toList();
        started.forEach(Child::awaitReady);
        trainers.addAll(0, started);
    }

    private static Runs runs(String study) {
        return Runs.of(cluster.connection(), study);
    }
}
