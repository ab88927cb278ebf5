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
    static final String VARIABLE = "TRIALSTREAM_URL";
    static final String API_KEY = "TRIALSTREAM_API_KEY";

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
        String origin = given == null || given.isBlank() ? localUrl(session) : given;
        try {
            return new TrialstreamClient(origin, apiKey());
        } catch (IllegalArgumentException e) {
            throw new CommandException((url == null ? VARIABLE : "--url") + ": " + e.getMessage());
        }
    }

    /**
     * Answers the trial that is meant: {@code STUDY:NUMBER} with the study's name or id, or only a number within the
     * newest study.
     */
    static String trialId(TrialstreamClient client, String named) {
        int colon = named.lastIndexOf(':');
        String number = named.substring(colon + 1).replaceFirst("^#", "");
        if (!number.matches("\\d{1,9}") || colon == 0) {
            throw new CommandException(
                    "'" + named + "' is not a trial; write STUDY:NUMBER, or only the number for the newest study");
        }
        return studyOrNewest(client, colon < 0 ? null : named.substring(0, colon)) + ":" + number;
    }

    DataDirectory directory() {
        return directory;
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
    static Optional<String> apiKey() {
        return Optional.ofNullable(System.getenv(API_KEY)).map(String::strip).filter(key -> !key.isEmpty());
    }

    private String localUrl(Session session) {
        LocalStack stack = directory.runningStack(session);
        return stack.url()
                .orElseThrow(() -> new CommandException(
                        "no stack runs in " + stack.directory().root() + "; start one with: trialstream up, or name"
                                + " another directory with --data-dir, or a server with --url or " + VARIABLE));
    }
}
