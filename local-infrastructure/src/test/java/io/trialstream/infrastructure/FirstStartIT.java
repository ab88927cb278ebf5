package io.trialstream.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database's process on a machine that has never run it: nothing is unpacked, and its heap is small. */
class FirstStartIT {
    private static final int LIMIT_SECONDS = 120;
    private static final Duration LOOK = Duration.ofMillis(2);

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldStartTwiceAtOnceAfterAFirstStartThatWasKilledWhileUnpacking() throws Exception {
        // Given
        Path cache = directory.resolve("cache/trialstream");
        Process killed = start("killed");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> filesIn(cache) > 20 || !killed.isAlive());
        killed.destroyForcibly().waitFor();
        assertThat(names(cache)).as(log("killed")).anyMatch(name -> name.contains("unfinished"));

        // When
        Process one = start("one");
        Process other = start("other");

        // Then
        for (String name : List.of("one", "other")) {
            assertThat(awaitReady(name, name.equals("one") ? one : other)).startsWith("jdbc:postgresql:");
        }
        assertThat(names(cache)).hasSize(2).contains("lock").anyMatch(name -> name.startsWith("postgresql-17"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldStartAfterAFirstStartThatWasKilledWhileItCreatedTheDatabase() throws Exception {
        // Given
        Process killed = start("one");
        Path root = directory.resolve("one-servers");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> filesIn(root) > 20 || !killed.isAlive());
        killed.descendants().forEach(ProcessHandle::destroyForcibly);
        killed.destroyForcibly().waitFor();
        assertThat(root.resolve("data")).as(log("one")).doesNotExist();

        // When
        Process again = start("one");

        // Then
        assertThat(awaitReady("one", again)).startsWith("jdbc:postgresql:");
        assertThat(names(root)).noneMatch(name -> name.contains("unfinished"));
    }

    @Test
    void shouldSayInOneLineThatNoPlaceForTheProgramsCanBeWritten() throws Exception {
        Files.createFile(directory.resolve("cache"));
        Files.createDirectory(directory.resolve("one-servers"));
        Files.createFile(directory.resolve("one-servers/programs"));

        Process refused = start("one");

        assertThat(refused.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(1);
        assertThat(log("one").lines().filter(line -> !line.startsWith("Picked up")))
                .singleElement()
                .asString()
                .contains("cannot write to " + directory.resolve("cache/trialstream"));
    }

    private Process start(String name) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.deleteIfExists(ready(name));
        List<String> command = Stream.of(
                        java,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DatabaseMain.class.getName(),
                        directory.resolve(name + "-servers"),
                        FreePorts.one(),
                        "trialstream",
                        ready(name))
                .map(Object::toString)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String awaitReady(String name, Process process) throws IOException {
        Awaitility.await()
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> Files.exists(ready(name)) || !process.isAlive());
        assertThat(ready(name)).as(log(name)).exists();
        return Files.readString(ready(name));
    }

    private Path ready(String name) {
        return directory.resolve(name + ".ready");
    }

    private String log(String name) throws IOException {
        return Files.readString(directory.resolve(name + ".log"));
    }

    private static long filesIn(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).count();
        } catch (IOException | UncheckedIOException notYetOrNoMore) {
            return 0;
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }
}
