package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class StackMarkTest {
    @TempDir
    Path root;

    @Test
    void shouldFindAProcessWithALongCommandLineInADirectoryWithSpacesAndUmlauts() throws Exception {
        StackDirectory directory = new StackDirectory(root.resolve("a b/ü"));
        StackDirectory longer = new StackDirectory(root.resolve("a b/ü c"));
        Process process = new ProcessBuilder(
                        "sh", "-c", "sleep 1000; :", StackMark.of(longer, "trainer-12"), "x".repeat(5_000))
                .start();
        try {
            assertThat(StackMark.find(longer))
                    .extracting(found -> found.identity().pid(), StackProcess::name, StackProcess::role)
                    .contains(tuple(process.pid(), "trainer-12", Role.TRAINER));
            assertThat(StackMark.find(directory)).isEmpty();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
