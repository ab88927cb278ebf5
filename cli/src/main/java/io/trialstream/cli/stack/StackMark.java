package io.trialstream.cli.stack;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A system property on the command line of every process of a stack, which says whose it is. By it a process is found
 * that was started a moment before the command that started it was killed, and so was never written down.
 */
final class StackMark {
    private static final String PROPERTY = "-Dtrialstream.process=";

    private StackMark() {}

    static String of(StackDirectory directory, String name) {
        return PROPERTY + name + "@" + encoded(directory);
    }

    /** Answers all processes of this user that carry the mark of {@code directory}. */
    static List<StackProcess> find(StackDirectory directory) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.flatMap(process -> marked(process, directory).stream()).toList();
        }
    }

    private static Optional<StackProcess> marked(ProcessHandle process, StackDirectory directory) {
        String suffix = "@" + encoded(directory);
        return arguments(process)
                .filter(argument -> argument.startsWith(PROPERTY) && argument.endsWith(suffix))
                .map(argument -> argument.substring(PROPERTY.length(), argument.length() - suffix.length()))
                .findFirst()
                .map(name ->
                        new StackProcess(name, roleOf(name), ProcessIdentity.of(process), "", false, Restarts.NONE));
    }

    private static Stream<String> arguments(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(Arrays::stream)
                // A very long command line is given as one text, cut at its end.
                .or(() -> process.info().commandLine().map(line -> Arrays.stream(line.split(" "))))
                .orElse(Stream.empty());
    }

    /** One word in plain letters, whatever the path is made of: long command lines are only told as one text. */
    private static String encoded(StackDirectory directory) {
        return URLEncoder.encode(directory.root().toString(), StandardCharsets.UTF_8)
                .replace("%2F", "/");
    }

    private static Role roleOf(String name) {
        return Role.valueOf(name.replaceFirst("-.*", "").toUpperCase(Locale.ROOT));
    }
}
