package io.trialstream.cli.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Says in one line why a process has ended, as far as that can be known from outside. */
final class WhyEnded {
    /** What a process that a signal has ended is said to have exited with. */
    private static final int SIGNALLED = 128;

    private static final Map<Integer, String> SIGNALS = Map.of(
            1,
            "SIGHUP",
            2,
            "SIGINT",
            6,
            "SIGABRT",
            7,
            "SIGBUS",
            9,
            "SIGKILL (kill -9, or the system was out of memory)",
            11,
            "SIGSEGV",
            15,
            "SIGTERM");
    /** What a JVM ends with that is started with {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int KILLED = SIGNALLED + 9;

    private WhyEnded() {}

    /** @param exitCode known to its parent only */
    static String of(OptionalInt exitCode, LogTail log) {
        List<String> parts = new ArrayList<>();
        if (exitCode.isPresent() && exitCode.getAsInt() == KILLED) {
            // It had no time to say anything: what its log ends with is of something else.
            return meaning(KILLED);
        }
        exitCode.ifPresent(code -> parts.add(meaning(code)));
        log.telling().ifPresent(line -> parts.add("its log ends: " + line));
        return parts.isEmpty() ? "reason unknown" : String.join("; ", parts);
    }

    private static String meaning(int code) {
        if (code > SIGNALLED && SIGNALS.containsKey(code - SIGNALLED)) {
            return "ended by " + SIGNALS.get(code - SIGNALLED);
        }
        return "exit code " + code + (code == OUT_OF_MEMORY ? " (out of memory)" : "");
    }
}
