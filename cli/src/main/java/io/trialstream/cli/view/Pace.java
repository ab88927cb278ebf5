package io.trialstream.cli.view;

import io.trialstream.cli.client.StudyView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Estimates how long a study will take from how fast its trials ended while it was watched:
 * {@code left = trials left · time watched / trials ended meanwhile}. Trials that ended before the watching began say
 * nothing about its pace, for it may have been paused. Not safe for use by several threads.
 */
public final class Pace {
    private Instant since;
    private int finishedThen;

    /** Answers the estimate at {@code now}; empty before the first trial has ended, and without a budget of trials. */
    public Optional<Duration> left(StudyView study, Instant now) {
        if (since == null || !study.state().equals("RUNNING")) {
            since = now;
            finishedThen = study.finished();
        }
        int ended = study.finished() - finishedThen;
        if (ended <= 0 || study.budget().isEmpty()) {
            return Optional.empty();
        }
        int left = Math.max(0, study.budget().getAsInt() - study.finished());
        return Optional.of(Duration.between(since, now).multipliedBy(left).dividedBy(ended));
    }
}
