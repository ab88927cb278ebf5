package io.trialstream.results.ingest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.Received;
import io.trialstream.results.outcomes.OutcomeFeed;
import io.trialstream.results.outcomes.RecordedOutcomes;
import io.trialstream.results.outcomes.UnpublishedOutcomes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.hibernate.Session;

/** Writes a batch and the positions after it in one transaction. */
@ApplicationScoped
class BatchWriter {
    private static final int TRANSACTION_SECONDS = 60;

    private final Positions positions;
    private final ChangedRows changed;
    private final EpochTable epochs;
    private final MetricOrderIndex metricOrders;
    private final UnpublishedOutcomes unpublished;
    private final RecordedOutcomes recorded;
    private final OutcomeFeed feed;
    private final DeadLetters deadLetters;
    private final Session session;
    private final Clock clock;
    private final IngestMeters meters;

    BatchWriter(
            Positions positions,
            ChangedRows changed,
            EpochTable epochs,
            MetricOrderIndex metricOrders,
            UnpublishedOutcomes unpublished,
            RecordedOutcomes recorded,
            OutcomeFeed feed,
            DeadLetters deadLetters,
            Session session,
            Clock clock,
            IngestMeters meters) {
        this.positions = positions;
        this.changed = changed;
        this.epochs = epochs;
        this.metricOrders = metricOrders;
        this.unpublished = unpublished;
        this.recorded = recorded;
        this.feed = feed;
        this.deadLetters = deadLetters;
        this.session = session;
        this.clock = clock;
        this.meters = meters;
    }

    /** How to treat a record that refers to a study or a trial that is not in the database. */
    enum Unknown {
        /** Write nothing of the batch: the study or trial may still arrive. */
        AWAITED,
        /** Put the record into the dead letters: its topics were read to their end. */
        REFUSED
    }

    /**
     * Writes the batch, and marks the outcomes published since the last one. Records that contradict the ledger are in the
     * dead letters before the positions move past them.
     *
     * @return the outcomes to publish, in the order of their evidence numbers
     * @throws MissingReferenceException if the batch refers to a row that is to be awaited; nothing is written then
     * @throws StaleIngestException if another replica has written a part of the batch
     */
    List<Outcome> write(String clusterId, Batch batch, Unknown unknown) {
        return write(clusterId, batch, unknown, RecordHandler::store);
    }

    /** Ends the trials of records that cannot be stored as FAILED, where their outcomes depend on these records. */
    List<Outcome> giveUp(String clusterId, Batch batch, Reason reason) {
        return write(clusterId, batch, Unknown.REFUSED, (handler, received) -> handler.giveUp(received, reason));
    }

    private List<Outcome> write(
            String clusterId, Batch batch, Unknown unknown, BiConsumer<RecordHandler, Received> handling) {
        List<Outcome> published = feed.published();
        List<Outcome> outcomes = QuarkusTransaction.requiringNew()
                .timeout(TRANSACTION_SECONDS)
                .call(() -> transact(clusterId, batch, unknown, published, handling));
        feed.noted(published);
        return outcomes;
    }

    private List<Outcome> transact(
            String clusterId,
            Batch batch,
            Unknown unknown,
            List<Outcome> published,
            BiConsumer<RecordHandler, Received> handling) {
        positions.move(clusterId, batch.moves());
        ReferencedIds ids = ReferencedIds.in(batch);
        BatchRows rows = BatchRows.load(session, ids, recorded);
        if (unknown == Unknown.AWAITED && rows.lack(ids)) {
            throw new MissingReferenceException();
        }
        BatchResult result = new BatchResult();
        RecordHandler handler = new RecordHandler(new BatchContext(rows, result, clock));
        batch.records().stream()
                .sorted(Comparator.comparingInt(BatchWriter::order))
                .forEach(received -> handling.accept(handler, received));
        session.flush();
        changed.write(rows.changedTrials(), rows.changedRuns());
        epochs.insert(result.epochs());
        metricOrders.add(result.ended());
        List<Outcome> outcomes = result.outcomes();
        unpublished.add(outcomes);
        unpublished.addAllOf(result.returned());
        unpublished.remove(published);
        result.rejected().forEach(rejected -> deadLetters.put(rejected.record(), rejected.code(), rejected.reason()));
        meters.duplicates(result.duplicates());
        return outcomes;
    }

    /** Reports come before epochs, so that a run is known before its epochs; within a topic the order stays. */
    private static int order(Received received) {
        return received.record().topic().equals(Topics.TRIAL_EPOCHS.name()) ? 1 : 0;
    }
}
