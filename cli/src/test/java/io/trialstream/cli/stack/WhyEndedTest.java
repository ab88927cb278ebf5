package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyEndedTest {
    @TempDir
    Path directory;

    @Test
    void shouldSayExitCodeAndLastLine() {
        assertThat(WhyEnded.of(OptionalInt.of(1), new LogTail(List.of("starting", "port 5 is taken", ""))))
                .isEqualTo("exit code 1; its log ends: port 5 is taken");
        assertThat(WhyEnded.of(OptionalInt.of(3), new LogTail(List.of()))).isEqualTo("exit code 3 (out of memory)");
    }

    @Test
    void shouldNameTheSignalAndNoLineForAProcessThatHadNoTimeToSayAnything() {
        assertThat(WhyEnded.of(OptionalInt.of(137), new LogTail(List.of("ready"))))
                .isEqualTo("ended by SIGKILL (kill -9, or the system was out of memory)");
    }

    @Test
    void shouldSayWhatIsKnownOfAProcessWithAnotherParent() {
        assertThat(WhyEnded.of(OptionalInt.empty(), new LogTail(List.of("bye"))))
                .isEqualTo("its log ends: bye");
        assertThat(WhyEnded.of(OptionalInt.empty(), new LogTail(List.of()))).isEqualTo("reason unknown");
    }

    @Test
    void shouldFindTheCauseAtTheBottomOfAStackTrace() {
        LogTail log = new LogTail(List.of(
                "java.lang.IllegalStateException: PostgreSQL did not start",
                "\tat a.B.c(B.java:1)",
                "Caused by: java.io.IOException: No space left on device",
                "\t... 3 more"));

        assertThat(log.telling()).contains("Caused by: java.io.IOException: No space left on device");
    }

    @Test
    void shouldReadOnlyTheEndOfALongLog() throws Exception {
        Path log = directory.resolve("a.log");
        Files.writeString(log, "line ü\n".repeat(100_000) + "the last\n");

        assertThat(LogTail.of(log).lines()).hasSizeLessThan(3_000).endsWith("line ü", "the last");
        assertThat(LogTail.of(directory.resolve("none")).lines()).isEmpty();
    }
}
