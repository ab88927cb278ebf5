package io.trialstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the machine's. */
final class Tool {
    private static final long MINUTES = 2;

    private Tool() {}

    static boolean isThere(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(Path::of)
                .anyMatch(folder -> Files.isExecutable(folder.resolve(program)));
    }

    /** What it writes, or a failure with that where it ends with another status than 0. */
    static String run(String... line) {
        try {
            Path output = Files.createTempFile("tool-", ".txt");
            Path errors = Files.createTempFile("tool-", ".err");
            try {
                Process process = new ProcessBuilder(List.of(line))
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
                assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                        .as(String.join(" ", line))
                        .isTrue();
                String text = Files.readString(output, StandardCharsets.UTF_8);
                assertThat(process.exitValue())
                        .as("%s%n%s%s", String.join(" ", line), text, Files.readString(errors))
                        .isZero();
                return text;
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
