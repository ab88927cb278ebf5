package io.trialstream.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers as processes of their own, killed and told to end. */
class ServerProcessIT {
    private static final int LIMIT_SECONDS = 120;

    @TempDir
    Path directory;

    private Process process;

    @AfterEach
    void endProcess() throws InterruptedException {
        if (process != null) {
            process.destroy();
            process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        PostgresProcess.stopOrphan(directory.resolve("servers/data"));
    }

    @Test
    void shouldServeAndEndOnSigtermAsABroker() throws Exception {
        // Given
        BrokerPorts ports = BrokerPorts.free();

        // When
        String ready = startAndAwaitReady(BrokerMain.class, ports.client(), ports.controller());
        process.destroy();

        // Then
        assertThat(ready).isEqualTo("127.0.0.1:" + ports.client());
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(FreePorts.isFree(ports.client())).isTrue();
    }

    @Test
    void shouldExitWithOneWhenTheBrokerCannotStart() throws Exception {
        try (EmbeddedBroker other = EmbeddedBroker.startTemporary()) {
            process = start(BrokerMain.class, other.ports().client(), FreePorts.one());

            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        }
    }

    @Test
    void shouldStopPostgresOnSigterm() throws Exception {
        // Given
        startAndAwaitReady(DatabaseMain.class, FreePorts.one(), "trialstream");
        ProcessHandle postgres = postgres().orElseThrow();

        // When
        process.destroy();

        // Then
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(postgres.isAlive()).isFalse();
    }

    @Test
    void shouldEndTheOrphanOfAKilledProcessAndStartAgain() throws Exception {
        // Given
        startAndAwaitReady(DatabaseMain.class, FreePorts.one(), "trialstream");
        ProcessHandle orphan = postgres().orElseThrow();
        process.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();

        // When
        startAndAwaitReady(DatabaseMain.class, FreePorts.one(), "trialstream");

        // Then
        assertThat(orphan.isAlive()).isFalse();
        assertThat(postgres()).isPresent();
    }

    @Test
    void shouldExitWithOneWhenPostgresEndsByItself() throws Exception {
        // Given
        startAndAwaitReady(DatabaseMain.class, FreePorts.one(), "trialstream");

        // When
        postgres().orElseThrow().destroyForcibly();

        // Then
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    private Optional<ProcessHandle> postgres() {
        return PostgresProcess.on(directory.resolve("servers/data"));
    }

    private String startAndAwaitReady(Class<?> main, Object first, Object second) throws IOException {
        Path ready = directory.resolve("ready");
        Files.deleteIfExists(ready);
        process = start(main, first, second);
        Awaitility.await()
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> Files.exists(ready) || !process.isAlive());
        assertThat(ready).as(log()).exists();
        return Files.readString(ready);
    }

    private Process start(Class<?> main, Object first, Object second) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = Stream.of(
                        java,
                        "-Xmx" + (main == DatabaseMain.class ? 64 : 256) + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        directory.resolve("servers"),
                        first,
                        second,
                        directory.resolve("ready"))
                .map(Object::toString)
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
