package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The stacks below the installation's directory: the one of {@code up}, and one for each demo that was kept. */
final class Stacks {
    private Stacks() {}

    static Path demos(Session session) {
        return session.installation().stacks().resolve("demos");
    }

    /** Answers a stack that runs: the one of {@code up} if it does, else the newest demo's. */
    static Optional<LocalStack> running(Session session) {
        return Stream.concat(Stream.of(session.installation().stacks()), newestFirst(demos(session)).stream())
                .map(session::stackIn)
                .filter(LocalStack::isRunning)
                .findFirst();
    }

    /** A demo's directory is named for the second of its start, so that the names sort by age. */
    private static List<Path> newestFirst(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new CommandException("cannot list " + directory + ": " + e.getMessage());
        }
    }
}
