package io.trialstream.cli;

import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.stack.LocalStack;
import java.time.Instant;
import java.util.Comparator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which server a client command talks to. */
final class Server {
    private static final String VARIABLE = "TRIALSTREAM_URL";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server's origin (default: $" + VARIABLE + ", else that of the running local stack).")
    private String url;

    @Mixin
    private DataDirectory directory;

    TrialstreamClient client(Session session) {
        String given = url == null ? System.getenv(VARIABLE) : url;
        return new TrialstreamClient(given == null || given.isBlank() ? localUrl(session) : given);
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

    private String localUrl(Session session) {
        LocalStack stack = directory.runningStack(session);
        return stack.url()
                .orElseThrow(() -> new CommandException(
                        "no stack runs in " + stack.directory().root() + "; start one with: trialstream up"));
    }
}
