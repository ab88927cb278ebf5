package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users' own programs on a real stack: the examples, and the Python package's client. */
class ExecIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static RunningStack stack;
    private static Api api;

    @BeforeAll
    static void start() {
        stack = ProgramsStack.shared();
        api = stack.api();
    }

    @ParameterizedTest
    @ValueSource(strings = {"blobs", "shell", "java"})
    void shouldRunTheStudyOfEachExample(String name) throws IOException {
        String study = api.create(Files.readString(ProgramsStack.example(name).resolve("study.yaml")));

        api.await(study, "COMPLETED", PATIENCE);

        assertThat(api.trials(study)).allSatisfy(trial -> {
            assertThat(trial.get("state").asText()).isEqualTo("COMPLETED");
            assertThat(trial.get("epochs").asInt()).isIn(3, 5);
        });
        assertThat(api.get("/studies/" + study + "/leaderboard").get("items")).isNotEmpty();
        JsonNode artifacts = api.get("/trials/" + study + ":0/artifacts").get("items");
        assertThat(artifacts).extracting(file -> file.get("name").asText()).contains("run.log");
        if (name.equals("blobs")) {
            assertThat(artifacts).extracting(file -> file.get("name").asText()).contains("weights.json");
        }
    }

    @Test
    void shouldRefuseAProgramThatTheTrainersDoNotHave() throws IOException {
        String file = Files.readString(ProgramsStack.example("blobs").resolve("study.yaml"));

        // A suggester that has just started has not heard of all trainers yet, and refuses nothing on their account.
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            HttpResponse<String> refused = api.send(
                    "POST",
                    "/studies?dryRun=true",
                    "application/yaml",
                    file.replace("program: blobs", "program: blob").replace("name: blobs", "name: misspelt"));
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("training.program").contains("did you mean 'blobs'?");
        });
    }

    @Test
    void shouldBeDrivenFromPython() throws IOException, InterruptedException {
        Path script = Path.of("src", "test", "resources", "python_client.py");
        ProcessBuilder python = new ProcessBuilder("python3", script.toString(), stack.url()).redirectErrorStream(true);
        python.environment()
                .put("PYTHONPATH", ProgramsStack.python().resolve("src").toString());
        Process process = python.start();

        String printed = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(printed).endsWith("the client works\n");
    }

    @Test
    void shouldPassThePackagesOwnTests() throws IOException, InterruptedException {
        ProcessBuilder python = new ProcessBuilder(List.of("python3", "-m", "unittest", "discover", "tests"))
                .directory(ProgramsStack.python().toFile())
                .redirectErrorStream(true);
        python.environment().put("PYTHONPATH", "src");
        Process process = python.start();

        String printed = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(printed).isZero();
    }
}
