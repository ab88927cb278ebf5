package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.testing.Needed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that a generator made from the document that the service serves, against that service. */
class GeneratedClientIT {
    private static final String GENERATOR = "openapi-python-client==0.29.1";
    private static final long PATIENCE_SECONDS = 300;
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path PYTHON = TARGET.resolve("python");

    /** How a program ended, and what it said. */
    private record Ended(int exitCode, String text) {
        boolean isWell() {
            return exitCode == 0;
        }
    }

    @Test
    void shouldServeAClientThatWasGeneratedFromItsDocument() throws Exception {
        installGenerator();
        String origin = RunningStack.shared().url();
        Path settings = Files.writeString(TARGET.resolve("generator.yml"), "post_hooks: []\n");
        Path clients = Files.createDirectories(TARGET.resolve("generated-client"));

        Ended generated = run(
                PYTHON.resolve("bin/openapi-python-client").toString(),
                "generate",
                "--url",
                origin + "/openapi?format=json",
                "--output-path",
                clients.resolve("trialstream_results").toString(),
                "--meta",
                "none",
                "--overwrite",
                "--config",
                settings.toString());
        assertThat(generated.isWell()).as(generated.text()).isTrue();
        assertThat(generated.text()).doesNotContain("ERROR");
        Ended used = run(
                PYTHON.resolve("bin/python").toString(),
                Path.of("src", "test", "resources", "generated_client.py").toString(),
                origin);

        assertThat(used.text()).endsWith("the generated client works\n");
    }

    /** In an environment of its own under target, which later runs find there. */
    private static void installGenerator() throws IOException, InterruptedException {
        if (Files.isExecutable(PYTHON.resolve("bin/openapi-python-client"))) {
            return;
        }
        Needed.isThere(
                isPython(),
                "no Python: install Debian's packages python3 and python3-venv, or any Python from 3.11 on");
        Ended made = run("python3", "-m", "venv", PYTHON.toString());
        Needed.isThere(made.isWell(), "python3 makes no virtual environments (install python3-venv): " + made.text());
        Ended installed = run(
                PYTHON.resolve("bin/pip").toString(), "install", "-q", GENERATOR, "python-dateutil", "attrs", "httpx");
        Needed.isThere(installed.isWell(), "pip could not install " + GENERATOR + ": " + installed.text());
    }

    private static boolean isPython() throws InterruptedException {
        try {
            return run("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
                    .isWell();
        } catch (IOException e) {
            return false;
        }
    }

    private static Ended run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(Files.createDirectories(TARGET), "program-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .put("PYTHONPATH", TARGET.resolve("generated-client").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s: %s", List.of(command), Files.readString(output))
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
