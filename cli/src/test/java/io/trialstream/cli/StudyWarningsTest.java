package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.ScriptedServer.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyWarningsTest {
    private static final String WARNINGS =
            ",\"warnings\":[{\"field\":\"space.lr.loguniform\",\"code\":\"BOUNDS_OF_THE_LOGARITHM\","
                    + "\"message\":\"this means values from 1.00001 to 1.10517\"}]";

    @TempDir
    Path home;

    private ScriptedServer server;
    private Path file;

    @BeforeEach
    void startServer() throws IOException {
        server = new ScriptedServer(home);
        file = Files.writeString(home.resolve("demo.yaml"), "name: demo\n");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void shouldWriteWarningsOfACreatedStudyOnStandardError() {
        server.answer("POST /api/v1/studies", Answers.study("RUNNING", 0, 0, 0, WARNINGS));

        Ran ran = server.run("study", "create", file.toString());

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err())
                .isEqualToIgnoringNewLines("warning: space.lr.loguniform: this means values from 1.00001 to 1.10517");
        assertThat(ran.out()).contains("created demo").doesNotContain("warning");
    }

    @Test
    void shouldValidateAFileWithoutCreatingIt() {
        server.answer(
                "POST /api/v1/studies?dryRun=true", "{\"name\":\"demo\",\"parameters\":3,\"spec\":{}" + WARNINGS + "}");

        Ran ran = server.run("study", "validate", file.toString());

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualToIgnoringNewLines("demo is valid: 3 parameters");
        assertThat(ran.err()).contains("warning: space.lr.loguniform: ");
        assertThat(server.requests()).containsExactly("POST /api/v1/studies?dryRun=true");
        assertThat(server.bodies()).containsExactly("name: demo\n");
    }

    @Test
    void shouldNameTheFieldsOfAFileThatIsNotValid() {
        server.refuse(
                "POST /api/v1/studies?dryRun=true",
                422,
                "{\"title\":\"The study file is not valid\",\"status\":422,\"detail\":\"objective.metric: no\",\"errors\":"
                        + "[{\"field\":\"objective.metric\",\"code\":\"UNKNOWN_VALUE\",\"message\":\"known: loss\"}]}");

        Ran ran = server.run("study", "validate", file.toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("objective.metric").contains("known: loss");
    }
}
