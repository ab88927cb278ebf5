package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.ProblemException;
import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.client.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Follows a study to its end. A server that is away for a while is waited for. */
final class StudyWatch {
    private static final Duration AWAY_LIMIT = Duration.ofMinutes(2);
    /** How long a study may count as ended while some of its last trials do not yet. */
    private static final Duration SETTLING_LIMIT = Duration.ofSeconds(15);
    /** How long after its creation a study may be unknown. */
    private static final Duration APPEARING_LIMIT = Duration.ofSeconds(30);

    private static final int NOT_FOUND = 404;

    private final Session session;
    private final TrialstreamClient client;
    private final StudyProgress progress;

    private Instant answeredAt = Instant.now();
    private Instant unknownUntil = Instant.EPOCH;

    StudyWatch(Session session, TrialstreamClient client, StudyProgress progress) {
        this.session = session;
        this.client = client;
        this.progress = progress;
    }

    /** The study has just been created: for a moment the server that shows studies may not know it. */
    StudyWatch ofNewStudy() {
        unknownUntil = Instant.now().plus(APPEARING_LIMIT);
        return this;
    }

    /** Returns when the study has ended and none of its trials runs any more. */
    StudyView untilEnd(String study) throws InterruptedException {
        Instant endedAt = null;
        while (true) {
            Optional<StudyView> seen = look(study);
            if (seen.isPresent()) {
                endedAt = seen.get().isEnded() ? Optional.ofNullable(endedAt).orElseGet(Instant::now) : null;
                if (endedAt != null && (seen.get().unfinished() == 0 || isOver(endedAt, SETTLING_LIMIT))) {
                    progress.end();
                    return seen.get();
                }
            }
            session.pause();
        }
    }

    private Optional<StudyView> look(String study) {
        try {
            JsonNode document = client.studyDocument(study);
            StudyView seen = StudyView.from(document);
            answeredAt = Instant.now();
            unknownUntil = Instant.EPOCH;
            progress.seen(document, seen);
            return Optional.of(seen);
        } catch (ProblemException e) {
            if (e.problem().status() == NOT_FOUND && Instant.now().isBefore(unknownUntil)) {
                return Optional.empty();
            }
            progress.end();
            throw e;
        } catch (UnreachableException e) {
            if (isOver(answeredAt, AWAY_LIMIT)) {
                progress.end();
                throw e;
            }
            progress.waitingFor(client.origin());
            return Optional.empty();
        }
    }

    private static boolean isOver(Instant since, Duration limit) {
        return Duration.between(since, Instant.now()).compareTo(limit) > 0;
    }
}
