package io.trialstream.cli.stack;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Wraps a command so that its process leaves the terminal's session: a Ctrl-C goes to every process of the foreground
 * group, and the stack must be ended in order, not all at once. The process keeps its pid.
 *
 * <p>{@code setsid} does it on Linux, Perl where that is absent (macOS). Where neither is found, the interrupt and
 * hang-up signals are ignored instead, which a JVM inherits.
 */
final class OwnSession {
    private static final String PERL = "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or die $!";

    private OwnSession() {}

    static List<String> wrap(List<String> command) {
        List<String> wrapped = new ArrayList<>(prefix());
        wrapped.addAll(command);
        return wrapped;
    }

    private static List<String> prefix() {
        if (File.separatorChar == '\\') {
            return List.of();
        }
        if (isInstalled("setsid")) {
            return List.of("setsid");
        }
        if (isInstalled("perl")) {
            return List.of("perl", "-e", PERL);
        }
        return List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");
    }

    private static boolean isInstalled(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
