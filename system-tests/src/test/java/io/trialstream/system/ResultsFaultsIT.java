package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.verify.Verification;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Outcome;
import io.trialstream.messaging.FaultPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Results killed where it hurts, and its database stopped. */
class ResultsFaultsIT {
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
    void shouldTellTheSuggesterEachOutcomeWhereverResultsIsKilled() {
        // Given a study that is under way
        trainers.add(cluster.trainer(2).awaitReady());
        String study = api.create(Studies.fateful(100, 2, Duration.ofMillis(250)));

        // When results dies between commit and publication, and its successor between publication and mark
        cluster.results().kill();
        for (FaultPoint step : List.of(FaultPoint.RESULTS_COMMITTED, FaultPoint.RESULTS_PUBLISHED)) {
            cluster.results().start(step.killing(1));
            cluster.results().awaitEnd(PATIENCE);
        }
        long killed = System.nanoTime();
        cluster.results().start().awaitReady();
        String ready = Figures.since(killed);
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 100);
        List<Outcome> outcomes = Runs.of(cluster.connection(), study).outcomes();
        assertThat(outcomes.stream().distinct()).hasSize(100);
        Figures.show(
                "5 kill -9 of results at 2 steps",
                "ready again after %s; outcomes published more than once: %d, doubled in effect: 0, lost: 0",
                ready,
                outcomes.size() - 100);
    }

    @Test
    void shouldKeepReportsInKafkaWhileItsDatabaseIsAway() {
        // Given
        trainers.add(cluster.trainer(2).awaitReady());
        String study = api.create(Studies.fateful(60, 2, Duration.ofMillis(300)));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.count(study, "completed"))
                .isGreaterThanOrEqualTo(4));

        // When PostgreSQL is stopped for 20 s
        cluster.database().terminate();
        cluster.database().awaitEnd(PATIENCE);
        long stopped = System.nanoTime();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(cluster.resultsReadiness())
                .isEqualTo(503));
        String unready = Figures.since(stopped);
        Child.pause(Duration.ofSeconds(20).minusNanos(System.nanoTime() - stopped));
        assertThat(cluster.resultsReadiness()).isEqualTo(503);
        int meanwhile = (int) Runs.of(cluster.connection(), study).finished().count();
        cluster.database().start().awaitReady();
        long back = System.nanoTime();
        cluster.results().awaitReady();
        String ready = Figures.since(back);
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 60);
        List<LedgerRecord> ledger = Runs.of(cluster.connection(), study).ledger();
        assertThat(meanwhile).as("trials that ended meanwhile").isGreaterThan(10);
        assertThat(ledger)
                .as("proposed on older evidence, and the watermark says so")
                .anyMatch(trial -> trial.number() - trial.evidenceWatermark() > 6);
        assertThat(api.get("/trials/" + study + ":30/curve").get("epochs")).hasSize(2);
        Figures.show(
                "7 PostgreSQL away for 20 s",
                "unready after %s, ready %s after its start; %d trials ended meanwhile; lost: 0, doubled: 0",
                unready,
                ready,
                meanwhile);
    }

    @Test
    void shouldRebuildALostDatabaseWithTheSameNumbersAndGoOn() throws Exception {
        // Given a study that is under way
        trainers.add(cluster.trainer(2).awaitReady());
        String study = api.create(Studies.fateful(60, 2, Duration.ofMillis(250)));
        awaitCompleted(study, 8);

        // When results dies, five trials are imported, others end, and the database is lost
        cluster.results().kill();
        JsonNode imported = cluster.importAtSuggester(study, elsewhere(5));
        stopDatabase();
        Trees.delete(cluster.databaseFiles());
        long lost = System.nanoTime();
        cluster.database().start().awaitReady();
        cluster.results().start().awaitReady();
        String ready = Figures.since(lost);
        api.await(study, "COMPLETED", PATIENCE);

        // Then no number was given anew, and everything agrees
        assertThat(imported.path("imported").asInt()).as("%s", imported).isEqualTo(5);
        assertAgrees(study, 65);
        assertThat(api.count(study, "imported")).isEqualTo(5);
        Figures.show(
                "12 the database lost, five trials imported meanwhile",
                "rebuilt and ready %s after the loss; evidence numbers given anew: 0, trials lost: 0",
                ready);
    }

    @Test
    void shouldGoOnFromABackupOfAnEarlierHour() throws Exception {
        // Given a backup that was made in the midst of a study
        trainers.add(cluster.trainer(2).awaitReady());
        String study = api.create(Studies.fateful(60, 2, Duration.ofMillis(250)));
        awaitCompleted(study, 6);
        stopDatabase();
        Path backup = cluster.directory().resolve("backup");
        Trees.copy(cluster.databaseFiles(), backup);
        cluster.database().start().awaitReady();
        cluster.results().awaitReady();
        awaitCompleted(study, 20);

        // When it is restored under a results service that runs, and trials are imported before that
        JsonNode imported = cluster.importAtSuggester(study, elsewhere(3));
        stopDatabase();
        Trees.delete(cluster.databaseFiles());
        Trees.copy(backup, cluster.databaseFiles());
        long restored = System.nanoTime();
        cluster.database().start().awaitReady();
        cluster.results().awaitReady();
        String ready = Figures.since(restored);
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        assertThat(imported.path("imported").asInt()).as("%s", imported).isEqualTo(3);
        assertAgrees(study, 63);
        Figures.show(
                "12 the database restored from an older backup",
                "ready %s after its start; evidence numbers given anew: 0, trials lost: 0",
                ready);
    }

    private static void awaitCompleted(String study, int trials) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        api.count(study, "completed"))
                .isGreaterThanOrEqualTo(trials));
    }

    private static void stopDatabase() {
        cluster.database().terminate();
        cluster.database().awaitEnd(PATIENCE);
    }

    /** Trials of another installation, as its export has them. */
    private static String elsewhere(int trials) {
        return IntStream.range(0, trials)
                .mapToObj(number ->
                        "{\"trialId\": \"elsewhere:" + number + "\", \"state\": \"COMPLETED\", \"objective\": 0."
                                + (number + 1) + ", \"configuration\": {\"x\": 0." + (number + 1)
                                + ", \"fate\": \"none\"}, \"best\": {\"objective\": 0." + (number + 1) + "}}\n")
                .collect(Collectors.joining());
    }

    /** Ledger, rows, outcomes, export and leaderboard, compared by the command's own code; no outcome ever said another thing. */
    private static void assertAgrees(String study, int trials) throws InterruptedException {
        try (Verification verification = new Verification(cluster.connection(), new TrialstreamClient(cluster.url()))) {
            assertThat(verification.of(List.of(study), PATIENCE))
                    .singleElement()
                    .satisfies(verdict -> {
                        assertThat(verdict.differences()).isEmpty();
                        assertThat(verdict.trials()).isEqualTo(trials);
                        assertThat(verdict.evidence()).isEqualTo(trials);
                    });
        }
        assertThat(api.count(study, "completed")).isEqualTo(trials);
    }
}
