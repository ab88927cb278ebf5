package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.system.RunningStack.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that people use, against a whole system. */
class CommandLineIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static RunningStack stack;
    private static Api api;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        stack = RunningStack.shared();
        api = stack.api();
    }

    @Test
    void shouldShowAStudyFromItsBeginningToItsEnd() throws IOException {
        // Given a study that lasts longer than the commands take to start that pause it
        Path file = Files.writeString(directory.resolve("study.yaml"), Studies.sleeping(4, 2, Duration.ofSeconds(5)));

        // When it is created and followed
        JsonNode created = json("study", "create", file.toString(), "--json");
        String study = created.path("studyId").asText();
        assertThat(created.at("/objective/direction").asText()).isEqualTo("maximize");
        assertThat(json("study", "pause", study, "--json").path("state").asText())
                .isEqualTo("PAUSED");
        assertThat(printed(0, "study", "resume", study)).contains("is running");
        List<String> lines = printed(0, "watch", study, "--json").lines().toList();

        // Then every command tells the same of it
        JsonNode last = JSON.readTree(lines.get(lines.size() - 1));
        assertThat(last.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(json("study", "show", study, "--json").path("trials")).isEqualTo(last.path("trials"));
        assertThat(json("study", "list", "--json").path("items"))
                .anySatisfy(
                        listed -> assertThat(listed.path("studyId").asText()).isEqualTo(study));
        JsonNode best = json("leaderboard", study, "--limit", "1", "--json").at("/items/0/trial");
        JsonNode page = json(
                "trial", "list", study, "--state", "completed", "--sort", "objective:desc", "--limit", "3", "--json");
        assertThat(page.at("/items/0/number")).isEqualTo(best.path("number"));
        assertThat(json(
                                "trial",
                                "list",
                                study,
                                "--sort",
                                "objective:desc",
                                "--state",
                                "completed",
                                "--page",
                                page.path("nextPageToken").asText(),
                                "--json")
                        .path("items"))
                .hasSize(1);
        assertThat(printed(0, "leaderboard", study, "--wide")).contains("lr", "units", "optimizer");

        // Then its trials have logs and files
        String trial = study + ":" + best.path("number").asInt();
        assertThat(printed(0, "logs", trial)).contains("begins 2 epochs");
        assertThat(printed(0, "artifacts", trial)).contains("run.log");
        assertThat(printed(0, "artifacts", trial, "run.log", "-o", "-")).isEqualTo(printed(0, "logs", trial));
        assertThat(printed(0, "logs", "trainer-1", "-n", "3").lines()).hasSize(3);
    }

    @Test
    void shouldFillAFolderWithResultsAndDrawTheirNetworks() throws IOException {
        // Given
        String study = api.create(Studies.cnn(2, 1));
        Path folder = directory.resolve("results");

        // When
        printed(0, "export", study, "--format", "seed", "--follow", folder.toString());

        // Then
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(".txt.json"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSize(2);
        JsonNode best = JSON.readTree(Files.readString(files.get(1)));
        assertThat(best.path("fine_best_accuracy").asDouble())
                .isGreaterThanOrEqualTo(JSON.readTree(Files.readString(files.get(0)))
                        .path("fine_best_accuracy")
                        .asDouble());
        assertThat(printed(0, "network", study + ":0")).contains("fine_outputs").contains("multiply-adds");
        assertThat(printed(0, "network", files.get(1).toString(), "--format", "svg"))
                .startsWith("<svg");
        assertThat(printed(0, "network", "best")).contains("stage1_res3_add");
        assertThat(printed(1, "network", "worst")).contains("best, demo");
    }

    @Test
    void shouldStopAStudyInTheMiddleOfAnEpoch() {
        // Given a trial whose epoch takes longer than anybody waits
        String study = api.create(Studies.sleeping(2, 1, Duration.ofHours(1)));
        await().atMost(PATIENCE)
                .until(() -> json("study", "show", study, "--json")
                                .at("/trials/running")
                                .asInt()
                        > 0);

        // When
        printed(0, "study", "stop", study, "--now");

        // Then
        await().atMost(PATIENCE).until(() -> {
            JsonNode trials = json("study", "show", study, "--json").path("trials");
            return trials.path("running").asInt() + trials.path("queued").asInt() == 0;
        });
        assertThat(printed(3, "watch", study)).contains("ended without a completed trial", "cancelled");
    }

    @Test
    void shouldTellWhatRuns() {
        JsonNode status = json("status", "--json");

        assertThat(status.path("running").asBoolean()).isTrue();
        assertThat(status.path("processes"))
                .extracting(process -> process.path("name").asText())
                .contains("broker", "database", "suggester", "results", "trainer-1");
        assertThat(json("dead-letters", "list", "--json").path("items").isArray())
                .isTrue();
    }

    private static JsonNode json(String... arguments) {
        try {
            return JSON.readTree(printed(0, arguments));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String printed(int exitCode, String... arguments) {
        Printed printed = stack.command(arguments);
        assertThat(printed.exitCode()).as(printed.text()).isEqualTo(exitCode);
        return printed.text();
    }
}
