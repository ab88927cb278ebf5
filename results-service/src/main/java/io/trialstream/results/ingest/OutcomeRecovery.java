package io.trialstream.results.ingest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.Received;
import io.trialstream.messaging.TopicFollower;
import io.trialstream.results.outcomes.RecordedOutcomes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Reconciles the database with {@code trial-outcomes}, which is the authority on evidence numbers. Before the ingest
 * starts, the topic is read from the stored position. An outcome of a trial that has not ended in the database was
 * published before the database was lost or restored from a backup; it is kept until that trial ends again. While the
 * ingest runs it is the topic's only writer, so the position simply follows the topic's end.
 *
 * <p>Called by the ingesting thread alone.
 */
@ApplicationScoped
class OutcomeRecovery {
    private static final Logger LOG = Logger.getLogger(OutcomeRecovery.class);
    private static final Duration READ_WAIT = Duration.ofMillis(250);
    private static final int TRANSACTION_SECONDS = 120;

    private final KafkaConnection connection;
    private final DeadLetters deadLetters;
    private final Backlog backlog;
    private final Positions positions;
    private final RecordedOutcomes recorded;
    private final RestoredTrials restored;
    /** The stored positions in the topic. */
    private final Map<TopicPartition, Long> stored = new HashMap<>();

    OutcomeRecovery(
            KafkaConnection connection,
            DeadLetters deadLetters,
            Backlog backlog,
            Positions positions,
            RecordedOutcomes recorded,
            RestoredTrials restored) {
        this.connection = connection;
        this.deadLetters = deadLetters;
        this.backlog = backlog;
        this.positions = positions;
        this.recorded = recorded;
        this.restored = restored;
    }

    /**
     * Reads the topic from the stored position to its current end.
     *
     * @throws StaleIngestException if another replica has begun to ingest
     * @throws StoppingException if the service stops meanwhile
     */
    void readAhead(String clusterId, Map<TopicPartition, Long> start, BooleanSupplier stopping) {
        stored.clear();
        start.forEach((partition, offset) -> {
            if (partition.topic().equals(Topics.TRIAL_OUTCOMES.name())) {
                stored.put(partition, offset);
            }
        });
        Map<TopicPartition, Long> ends = backlog.ends(List.of(Topics.TRIAL_OUTCOMES));
        if (!hasReached(ends)) {
            try (TopicFollower follower =
                    new TopicFollower(connection, "results-outcomes", List.of(Topics.TRIAL_OUTCOMES), deadLetters)) {
                stored.forEach(follower::seek);
                while (!hasReached(ends)) {
                    if (stopping.getAsBoolean()) {
                        throw new StoppingException();
                    }
                    List<Received> batch = follower.poll(READ_WAIT);
                    store(clusterId, batch, follower.positions());
                }
            }
        }
        QuarkusTransaction.requiringNew().timeout(TRANSACTION_SECONDS).run(recorded::complete);
    }

    /** The positions up to which the topic was read or written. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(stored);
    }

    /** Moves the position to the topic's end: what it holds was published by this replica or read before. */
    void advance(String clusterId) {
        Map<TopicPartition, Batch.Move> moves = moves(backlog.ends(List.of(Topics.TRIAL_OUTCOMES)));
        if (!moves.isEmpty()) {
            QuarkusTransaction.requiringNew().run(() -> positions.move(clusterId, moves));
            moved(moves);
        }
    }

    /**
     * Completes the recovery once the other topics are read: trials whose reports are lost end as their outcomes say,
     * and everything that depends on the order of the evidence is computed again.
     */
    void finish() {
        List<String> studies = QuarkusTransaction.requiringNew().call(recorded::studies);
        studies.forEach(restored::finish);
        if (!studies.isEmpty()) {
            LOG.infof("evidence numbers were restored from trial-outcomes studies=%d", studies.size());
        }
        long unknown = QuarkusTransaction.requiringNew().call(recorded::count);
        if (unknown > 0) {
            LOG.warnf("the ledger lacks trials that have an outcome trials=%d", unknown);
        }
    }

    private void store(String clusterId, List<Received> batch, Map<TopicPartition, Long> reached) {
        Map<TopicPartition, Batch.Move> moves = moves(reached);
        if (moves.isEmpty()) {
            return;
        }
        int contradicted = QuarkusTransaction.requiringNew()
                .timeout(TRANSACTION_SECONDS)
                .call(() -> {
                    positions.move(clusterId, moves);
                    recorded.remove(batch.stream()
                            .filter(Received::isTombstone)
                            .map(received -> received.record().key())
                            .toList());
                    return recorded.add(batch.stream()
                            .flatMap(received -> received.message().stream())
                            .map(Outcome.class::cast)
                            .toList());
                });
        moved(moves);
        if (contradicted > 0) {
            LOG.errorf("evidence numbers in the database and in trial-outcomes differ trials=%d", contradicted);
        }
    }

    private Map<TopicPartition, Batch.Move> moves(Map<TopicPartition, Long> reached) {
        Map<TopicPartition, Batch.Move> moves = new HashMap<>();
        reached.forEach((partition, offset) -> {
            Optional<Long> from = Optional.ofNullable(stored.get(partition));
            if (offset > from.orElse(0L)) {
                moves.put(partition, new Batch.Move(from, offset));
            }
        });
        return moves;
    }

    private void moved(Map<TopicPartition, Batch.Move> moves) {
        moves.forEach((partition, move) -> stored.put(partition, move.to()));
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> stored.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
}
