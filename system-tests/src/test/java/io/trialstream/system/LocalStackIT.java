package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.system.RunningStack.Printed;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole system as separate processes, and what happens when single ones of them die. */
class LocalStackIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static RunningStack stack;
    private static Api api;

    @BeforeAll
    static void start() {
        stack = RunningStack.shared();
        api = stack.api();
    }

    @Test
    void shouldRunAStudyToItsEndAndShowTheSameNumbersEverywhere() {
        // When
        String study = api.create(Studies.sleeping(8, 2, Duration.ofMillis(50)));
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 8);
        List<JsonNode> ranks = new ArrayList<>();
        api.get("/studies/" + study + "/leaderboard").get("items").forEach(ranks::add);
        Printed printed = stack.command("leaderboard", study);
        List<String> lines = printed.text().lines().skip(1).toList();
        assertThat(ranks).hasSize(8);
        for (int i = 0; i < ranks.size(); i++) {
            JsonNode trial = ranks.get(i).get("trial");
            assertThat(lines.get(i))
                    .contains("#" + trial.get("number").asInt())
                    .contains(String.format(
                            Locale.ROOT, "%.4f", trial.get("objective").asDouble()));
        }
        assertThat(ranks)
                .extracting(rank -> rank.at("/trial/objective").asDouble())
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(ranks).extracting(rank -> rank.at("/trial/origin").asText()).contains("STARTUP", "MODEL");
        JsonNode curve = api.get("/trials/" + ranks.get(0).at("/trial/trialId").asText() + "/curve");
        assertThat(curve.get("epochs")).hasSize(2);
    }

    @Test
    void shouldLearnFromTheTrialsOfAnEarlierStudy(@TempDir Path directory) throws IOException {
        // Given
        String earlier = api.create(Studies.sleeping(4, 1, Duration.ofMillis(10)));
        api.await(earlier, "COMPLETED", PATIENCE);
        Path file = export(earlier, directory.resolve("trials.ndjson"));
        String study = api.create(Studies.sleeping(2, 1, Duration.ofMillis(10)));

        // When
        Printed imported = stack.command("import", "--study", study, "--format", "ndjson", file.toString());

        // Then they are evidence beside the study's own trials
        assertThat(imported.text()).contains("imported 4 trials, 0 already known, 0 skipped");
        assertThat(stack.command("import", "--study", study, "--format", "ndjson", file.toString())
                        .text())
                .contains("imported 0 trials, 4 already known");
        api.await(study, "COMPLETED", PATIENCE);
        assertThat(api.get("/studies/" + study).at("/trials/completed").asInt()).isEqualTo(6);
        assertThat(api.get("/studies/" + study + "/leaderboard").get("items"))
                .extracting(rank -> rank.at("/trial/origin").asText())
                .contains("IMPORTED")
                .hasSize(6);
        assertThat(results(export(study, directory.resolve("again.ndjson"))))
                .as("what was exported, imported and exported again")
                .containsAll(results(file));
    }

    private static Path export(String study, Path file) {
        Printed exported = stack.command("export", study, "--format", "ndjson", "--output", file.toString());
        assertThat(exported.exitCode()).as(exported.text()).isZero();
        return file;
    }

    /** What trials tell of themselves that does not depend on the study they are in. */
    private static List<List<JsonNode>> results(Path file) throws IOException {
        List<List<JsonNode>> results = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode trial = new ObjectMapper().readTree(line);
            results.add(List.of(
                    trial.path("state"),
                    trial.path("objective"),
                    trial.path("bestEpoch"),
                    trial.path("configuration"),
                    trial.path("best"),
                    trial.path("end")));
        }
        return results;
    }

    @Test
    void shouldTrainTheBestTrialOfAnEndedStudyAgainAndLeaveTheStudyAsItWas() {
        // Given
        String study = api.create(Studies.sleeping(2, 1, Duration.ofMillis(10)));
        api.await(study, "COMPLETED", PATIENCE);
        JsonNode before = api.get("/studies/" + study);
        int best = before.at("/best/number").asInt();

        // When
        Printed printed = stack.command("study", "retrain", study, "--epochs", "3");
        assertThat(printed.text()).contains("trains " + study + ":" + best + " again as " + study + ":2, 3 epochs");
        await().atMost(PATIENCE).until(() -> api.trial(study, 2).get("state").asText(), "COMPLETED"::equals);

        // Then it has its own curve and files
        JsonNode retrain = api.trial(study, 2);
        assertThat(retrain.get("origin").asText()).isEqualTo("RETRAIN");
        assertThat(retrain.get("retrainOf").asInt()).isEqualTo(best);
        assertThat(retrain.get("epochs").asInt()).isEqualTo(3);
        assertThat(retrain.get("configuration"))
                .isEqualTo(api.trial(study, best).get("configuration"));
        assertThat(stack.command("trial", "show", study + ":2").text())
                .contains("retrain of #" + best)
                .contains("events.out.tfevents.");
        // Then nothing of it counts
        JsonNode after = api.get("/studies/" + study);
        for (String field : List.of("state", "trials", "best", "evidence", "trainingSeconds")) {
            assertThat(after.get(field)).as(field).isEqualTo(before.get(field));
        }
        assertThat(api.get("/studies/" + study + "/leaderboard").get("items")).hasSize(2);
    }

    @Test
    void shouldTrainATrialElsewhereWhenItsTrainerIsKilledAndCountItOnce() {
        // Given
        String study = api.create(Studies.sleeping(4, 12, Duration.ofMillis(700)));
        int number = Studies.awaitTraining(api, study, "trainer-1", 1);

        // When
        stack.kill("trainer-1");
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 4);
        JsonNode runs = api.trial(study, number).get("runs");
        assertThat(runs).hasSize(2);
        // Killed, it is soon back: the second run may be of either.
        assertThat(runs.get(0).get("trainerId").asText()).isEqualTo("trainer-1");
        assertThat(runs).extracting(run -> run.get("stands").asBoolean()).containsExactly(false, true);
        stack.up(2);
    }

    @Test
    void shouldGoOnWhenTheSuggesterAndResultsAreKilled() {
        // Given
        String study = api.create(Studies.sleeping(8, 4, Duration.ofMillis(300)));
        Studies.awaitTraining(api, study, "trainer-2", 1);
        Map<Integer, JsonNode> before = Studies.configurations(api, study);

        // When
        stack.kill("suggester");
        stack.kill("results");
        stack.up(2);

        // Then
        api.await(study, "COMPLETED", PATIENCE);
        Studies.assertWhole(api, study, 8);
        assertThat(Studies.configurations(api, study)).containsAllEntriesOf(before);
    }

    @Test
    void shouldStartAgainWhateverIsKilledWhereItWasAndFinishTheStudy() {
        // Given
        String study = api.create(Studies.sleeping(8, 4, Duration.ofMillis(300)));
        Studies.awaitTraining(api, study, stack.newestTrainer(), 1);
        Map<String, String> addresses = stack.addresses();

        // When one after the other is killed, and nobody does anything about it
        for (String name : List.of("database", "broker", "results")) {
            stack.killAndAwaitRestart(name);
        }

        // Then
        api.await(study, "COMPLETED", PATIENCE);
        Studies.assertWhole(api, study, 8);
        assertThat(stack.addresses()).isEqualTo(addresses);
        Printed status = stack.command("status");
        assertThat(status.exitCode()).isZero();
        for (String name : List.of("database", "broker", "results")) {
            assertThat(status.text()).containsPattern(name + ": .*ended by SIGKILL");
        }
    }

    @Test
    void shouldFinishTheEpochAndTrainElsewhereWhenATrainerIsScaledAway() {
        // Given
        String study = api.create(Studies.sleeping(3, 40, Duration.ofMillis(500)));
        int number = Studies.awaitTraining(api, study, stack.newestTrainer(), 1);

        // When the newest trainer is scaled away
        assertThat(stack.command("scale", "trainers", "1").exitCode()).isZero();
        api.await(study, "COMPLETED", PATIENCE);

        // Then
        Studies.assertWhole(api, study, 3);
        JsonNode trial = api.trial(study, number);
        assertThat(trial.get("runs"))
                .extracting(run -> run.get("state").asText())
                .containsExactly("INTERRUPTED", "FINISHED");
        assertThat(trial.get("dispatch").asInt()).isEqualTo(2);
        assertThat(stack.command("scale", "trainers", "2").exitCode()).isZero();
    }

    @Test
    void shouldNameTheFieldsOfABadStudyFile(@TempDir Path directory) throws IOException {
        String file = Studies.sleeping(4, 2, Duration.ofMillis(50))
                .replace("loguniform: [-5, 0]", "loguniforn: [-5, 0]")
                .replace("quniform: [10, 100, 10]", "quniform: [100, 10, 10]")
                .replace("objective: { metric: objective, direction: maximize }\n", "");
        Path path = Files.writeString(directory.resolve("study.yaml"), file);

        HttpResponse<String> response = api.send("POST", "/studies", "application/yaml", file);
        Printed printed = stack.command("study", "create", path.toString());

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        for (String field : List.of("objective", "space.lr", "space.units")) {
            assertThat(response.body()).contains("\"field\":\"" + field);
            assertThat(printed.text()).contains(field);
        }
        assertThat(printed.exitCode()).isEqualTo(1);
        assertThat(printed.text()).doesNotContain("Exception");
    }
}
