package io.trialstream.cli;

import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.client.UnreachableException;
import io.trialstream.cli.view.Pace;
import io.trialstream.cli.view.ProgressLine;
import io.trialstream.cli.view.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Follows a study: on a terminal with a line that is drawn anew, elsewhere with a line for each change. A server that
 * is away for a while is waited for.
 */
final class StudyWatch {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AWAY_LIMIT = Duration.ofMinutes(2);
    /** How long a study may count as ended while some of its last trials do not yet. */
    private static final Duration SETTLING_LIMIT = Duration.ofSeconds(15);

    private final TrialstreamClient client;
    private final Terminal terminal;
    private final Runnable eachLook;
    private final Pace pace = new Pace();

    private Instant answeredAt = Instant.now();
    private String said = "";

    /** {@code eachLook} is run at each look at the study. */
    StudyWatch(TrialstreamClient client, Terminal terminal, Runnable eachLook) {
        this.client = client;
        this.terminal = terminal;
        this.eachLook = eachLook;
    }

    /** Returns when the study has ended and none of its trials runs any more. */
    StudyView untilEnd(String study) throws InterruptedException {
        Instant endedAt = null;
        while (true) {
            eachLook.run();
            Optional<StudyView> seen = look(study);
            if (seen.isPresent()) {
                say(seen.get());
                endedAt = seen.get().isEnded() ? Optional.ofNullable(endedAt).orElseGet(Instant::now) : null;
                if (endedAt != null && (seen.get().unfinished() == 0 || isOver(endedAt, SETTLING_LIMIT))) {
                    terminal.endStatus();
                    return seen.get();
                }
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private Optional<StudyView> look(String study) {
        try {
            StudyView seen = client.study(study);
            answeredAt = Instant.now();
            return Optional.of(seen);
        } catch (UnreachableException e) {
            if (isOver(answeredAt, AWAY_LIMIT)) {
                terminal.endStatus();
                throw e;
            }
            terminal.status("waiting for " + client.origin());
            return Optional.empty();
        }
    }

    private void say(StudyView study) {
        Optional<Duration> left = pace.left(study, Instant.now());
        if (terminal.isInteractive()) {
            terminal.status(ProgressLine.withBar(study, left, terminal.columns()));
            return;
        }
        // The estimate changes every second: by itself it is no news.
        String news = ProgressLine.of(study, Optional.empty());
        if (!news.equals(said)) {
            said = news;
            terminal.status(ProgressLine.of(study, left));
        }
    }

    private static boolean isOver(Instant since, Duration limit) {
        return Duration.between(since, Instant.now()).compareTo(limit) > 0;
    }
}
