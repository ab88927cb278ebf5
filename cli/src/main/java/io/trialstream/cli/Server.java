package io.trialstream.cli;

import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.stack.LocalStack;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which server a client command talks to. */
final class Server {
    private static final String VARIABLE = "TRIALSTREAM_URL";
    private static final String API_KEY = "TRIALSTREAM_API_KEY";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server's origin (default: $" + VARIABLE + ", else that of the running local stack). "
                    + "An API key is taken from $" + API_KEY + ".")
    private String url;

    @Mixin
    private DataDirectory directory;

    TrialstreamClient client(Session session) {
        String given = url == null ? System.getenv(VARIABLE) : url;
        return new TrialstreamClient(given == null || given.isBlank() ? localUrl(session) : given, apiKey());
    }

    /** Answers the study that is meant: the one named, else the newest. */
    static String studyOrNewest(TrialstreamClient client, String named) {
        if (named != null) {
            return named;
        }
        return client.studies().stream()
                .max(Comparator.comparing(study -> study.createdAt().orElse(Instant.EPOCH)))
                .map(StudyView::studyId)
                .orElseThrow(
                        () -> new CommandException("no study yet; create one with: trialstream study create FILE"));
    }

    /** From the environment alone: command lines are seen by everybody on the machine. */
    private static Optional<String> apiKey() {
        return Optional.ofNullable(System.getenv(API_KEY)).map(String::strip).filter(key -> !key.isEmpty());
    }

    private String localUrl(Session session) {
        LocalStack stack = directory.runningStack(session);
        return stack.url()
                .orElseThrow(() -> new CommandException(
                        "no stack runs in " + stack.directory().root() + "; start one with: trialstream up"));
    }
}
