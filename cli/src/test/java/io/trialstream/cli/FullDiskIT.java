package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.StackDirectory;
import io.trialstream.cli.stack.StackProcess;
import io.trialstream.cli.stack.StackState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stack's broker and database on a disk that fills: a file system in memory, mounted where only this test and its
 * commands see it.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskIT {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final String[] UP = {"up", "--detach", "--without", "suggester,results,trainer"};

    @TempDir
    Path outputs;

    @TempDir
    Path home;

    private Process mount;
    private Path disk;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        mount = new ProcessBuilder(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=400m tmpfs \"$1\" && echo mounted && exec sleep 1000",
                        "sh",
                        home.toString())
                .redirectErrorStream(true)
                .start();
        String answer = mount.inputReader().readLine();
        assumeThat(answer)
                .as("SKIPPED: a small disk can be mounted only by root")
                .isEqualTo("mounted");
        // The way there from outside.
        disk = Path.of("/proc", Long.toString(mount.pid()), "root")
                .resolve(home.toString().substring(1));
    }

    @AfterEach
    void end() throws Exception {
        if (disk != null) {
            run("down");
        }
        mount.destroyForcibly().waitFor();
    }

    @Test
    void shouldSayThatTheDiskIsFullGoOnWhenItIsNotAndEndInAnyCase() throws Exception {
        // Given hardly any room
        Path filler = disk.resolve("filler");
        fill(filler, 350);

        // When and then nothing is started, and nothing is left
        RunningCommand refused = start(UP);
        assertThat(refused.awaitExit()).isEqualTo(1);
        assertThat(refused.output())
                .contains("disk full: ")
                .contains("make room and try again")
                .doesNotContain("\tat ");
        assertThat(living()).isEmpty();

        // Given a stack whose disk becomes full to the last byte
        Files.delete(filler);
        RunningCommand up = start(UP);
        assertThat(up.awaitExit()).as(up.output()).isZero();
        fill(filler, Integer.MAX_VALUE);

        // When
        StackProcess broker = process("broker");
        broker.identity().living().orElseThrow().destroyForcibly();
        Awaitility.await().until(() -> !broker.isAlive());

        // Then
        assertThat(run("status")).contains("disk full: 0 MiB are free in ").containsPattern("broker +ended");
        assertThat(living()).extracting(StackProcess::name).doesNotContain("broker");

        // When there is room again
        Files.delete(filler);

        // Then it is started again by itself
        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(run("status"))
                .containsPattern("broker +runs"));

        // And when it is full once more, the stack can be ended all the same
        fill(filler, Integer.MAX_VALUE);
        List<StackProcess> running = living();
        RunningCommand down = start("down");
        assertThat(down.awaitExit()).as(down.output()).isZero();
        assertThat(running).isNotEmpty().noneMatch(StackProcess::isAlive);
    }

    /** Writes so many mebibytes, or until there is no room. */
    private static void fill(Path file, int mebibytes) throws IOException {
        byte[] block = new byte[MEBIBYTE];
        for (int size = block.length; size > 0; size /= 16) {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (int written = 0; written < mebibytes; written++) {
                    out.write(block, 0, size);
                }
                return;
            } catch (IOException full) {
                // A smaller piece may still find room.
            }
        }
    }

    private RunningCommand start(String... arguments) throws IOException {
        return RunningCommand.start(
                List.of("nsenter", "--target", Long.toString(mount.pid()), "--mount", "--"), home, outputs, arguments);
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        RunningCommand command = start(arguments);
        command.awaitExit();
        return command.output();
    }

    private StackProcess process(String name) {
        return state().process(name).orElseThrow();
    }

    private List<StackProcess> living() {
        return new LocalStack(new StackDirectory(disk.resolve(".trialstream")), new Installation(home), line -> {})
                .state()
                .map(StackState::living)
                .orElse(List.of());
    }

    private StackState state() {
        return new LocalStack(new StackDirectory(disk.resolve(".trialstream")), new Installation(home), line -> {})
                .state()
                .orElseThrow();
    }
}
