package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.ScriptedServer.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are standard input or output, and those that are not. */
class StandardStreamsTest {
    @TempDir
    Path home;

    private ScriptedServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new ScriptedServer(home);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void shouldReadEveryFileFromStandardInput() {
        server.answer("POST /api/v1/studies", Answers.running())
                .answer("POST /api/v1/studies/demo/enqueue", "{\"trialIds\":[\"demo-6f1c2a:7\"]}")
                .answer("POST /api/v1/studies/demo/import", "{\"imported\":1,\"known\":0,\"skipped\":0}");

        assertThat(server.runTyping("name: größer\n", "study", "create", "-").exitCode())
                .isZero();
        assertThat(server.runTyping("lr: 0.5\n", "enqueue", "demo", "-").exitCode())
                .isZero();
        assertThat(server.runTyping("{\"a\":1}\n", "import", "--study", "demo", "--format", "ndjson", "-")
                        .exitCode())
                .isZero();

        assertThat(server.bodies()).containsExactly("name: größer\n", "[{\"lr\":0.5}]", "{\"a\":1}\n");
    }

    @Test
    void shouldNameStandardInputInErrors() {
        assertThat(server.runTyping("[1,", "enqueue", "demo", "-").err()).startsWith("standard input: ");
    }

    @Test
    void shouldRefuseAFileThatIsNotText() throws Exception {
        Path file = Files.write(home.resolve("study.yaml"), new byte[] {'n', (byte) 0xff, 'x'});

        Ran ran = server.run("study", "create", file.toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().strip()).isEqualTo(file + " is not text in UTF-8");
    }

    @Test
    void shouldWriteAnExportToStandardOutputAndNothingElse() {
        server.answer("GET /api/v1/studies/demo/trials.csv", "trialId,number\r\ndemo:0,0\r\n");

        Ran ran = server.run("export", "demo", "-o", "-");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo("trialId,number\r\ndemo:0,0\r\n");
    }

    @Test
    void shouldExportFormulasAsTheyAreWhereThatIsAskedFor() {
        server.answer("GET /api/v1/studies/demo/trials.csv?formulas=kept", "trialId,name\r\ndemo:0,=1\r\n");

        assertThat(server.run("export", "demo", "--formulas", "kept", "-o", "-").out())
                .contains(",=1");

        Ran refused = server.run("export", "demo", "--format", "ndjson", "--formulas", "kept", "-o", "-");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err().strip()).isEqualTo("--formulas applies to --format csv only");
    }

    @Test
    void shouldSayWhyAFileCannotBeWritten() {
        server.answer("GET /api/v1/studies/demo/trials.csv", "trialId,number\r\n");
        Path file = home.resolve("missing/demo.csv");

        Ran ran = server.run("export", "demo", "-o", file.toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().strip()).isEqualTo("cannot write " + file + ": no such directory");
    }
}
