package io.trialstream.suggester.loop;

import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialId;
import io.trialstream.messaging.EventPublisher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Deletes the trials of deleted studies from the ledger, some in each round, so that compaction frees their space. What
 * a crash leaves undone is found by the next term when it reads the ledger. Confined to the suggester's loop.
 */
final class LedgerTombstones {
    private static final int PER_ROUND = 1_000;

    private final EventPublisher publisher;
    private final Deque<Numbers> studies = new ArrayDeque<>();
    private final Deque<TrialId> trials = new ArrayDeque<>();

    private record Numbers(String studyId, int from, int to) {}

    LedgerTombstones(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /** All trials of a deleted study. */
    void add(StudyRecord deleted) {
        studies.add(new Numbers(deleted.studyId(), 0, deleted.nextNumber()));
    }

    /** A single trial of a deleted study. */
    void add(TrialId trial) {
        trials.add(trial);
    }

    /** Writes the next ones and waits until the broker has them. */
    void writeSome() {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        while (sent.size() < PER_ROUND && !(studies.isEmpty() && trials.isEmpty())) {
            if (trials.isEmpty()) {
                Numbers next = studies.poll();
                int to = Math.min(next.to(), next.from() + PER_ROUND);
                for (int number = next.from(); number < to; number++) {
                    trials.add(new TrialId(next.studyId(), number));
                }
                if (to < next.to()) {
                    studies.addFirst(new Numbers(next.studyId(), to, next.to()));
                }
            } else {
                TrialId trial = trials.poll();
                sent.add(publisher.delete(Topics.TRIAL_LEDGER, trial.studyId(), trial.toString()));
            }
        }
        sent.forEach(CompletableFuture::join);
    }
}
