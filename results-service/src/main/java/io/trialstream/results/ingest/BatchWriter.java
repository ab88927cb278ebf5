package io.trialstream.results.ingest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
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
    private final MetricPlaces places;
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
            MetricPlaces places,
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
        this.places = places;
        this.unpublished = unpublished;
        this.recorded = recorded;
        this.feed = feed;
        this.deadLetters = deadLetters;
        this.session = session;
        this.clock = clock;
        this.meters = meters;
    }

    /** What is to be done with a record that speaks of a study or a trial that is not in the database. */
    enum Unknown {
        /** Nothing of the batch is written: what it lacks may be on its way. */
        AWAITED,
        /** It goes to the dead letters: there is nothing on its way. */
        REFUSED
    }

    /**
     * Writes the batch, and notes the outcomes published since the one before; what contradicts the ledger goes to the
     * dead letters before the positions move past it.
     *
     * @return the outcomes to be published, in the order of their evidence numbers
     * @throws UnknownYetException if the batch speaks of something unknown that is to be awaited; nothing is written then
     * @throws OvertakenException if another replica has written some of it
     */
    List<Outcome> write(String clusterId, Batch batch, Unknown unknown) {
        return write(clusterId, batch, unknown, BatchWriter::handle);
    }

    /**
     * Ends the trials of records that no column takes as FAILED, where such a record is one that their outcome depends
     * on.
     */
    List<Outcome> giveUp(String clusterId, Batch batch, Reason reason) {
        return write(clusterId, batch, Unknown.REFUSED, (handler, received) -> received.message()
                .ifPresent(message -> handler.notStorable(message, reason)));
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
        Mentioned mentioned = Mentioned.in(batch);
        WorkingSet rows = WorkingSet.load(session, mentioned, recorded);
        if (unknown == Unknown.AWAITED && rows.lack(mentioned)) {
            throw new UnknownYetException();
        }
        BatchResult result = new BatchResult();
        RecordHandler handler = new RecordHandler(rows, result, clock);
        batch.records().stream()
                .sorted(Comparator.comparingInt(BatchWriter::order))
                .forEach(received -> handling.accept(handler, received));
        session.flush();
        changed.write(rows.changedTrials(), rows.changedRuns());
        epochs.insert(result.epochs());
        places.add(result.ended());
        List<Outcome> outcomes = result.outcomes();
        unpublished.add(outcomes);
        unpublished.addAllOf(result.returned());
        unpublished.remove(published);
        result.rejected().forEach(rejected -> deadLetters.put(rejected.record(), rejected.code(), rejected.reason()));
        meters.duplicates(result.duplicates());
        return outcomes;
    }

    /** A run's STARTED is to be seen before its epochs; within a topic the order stays. */
    private static int order(Received received) {
        return received.record().topic().equals(Topics.TRIAL_EPOCHS.name()) ? 1 : 0;
    }

    private static void handle(RecordHandler handler, Received received) {
        if (received.isTombstone()) {
            handler.tombstone(received.record());
            return;
        }
        Message message = received.message().get();
        if (message instanceof StudyRecord study) {
            handler.study(study);
        } else if (message instanceof LedgerRecord trial) {
            handler.ledger(trial, received.record());
        } else if (message instanceof TrialReport report) {
            handler.report(report, received.record());
        } else if (message instanceof EpochReport epoch) {
            handler.epoch(epoch, received.record());
        } else {
            throw new IllegalStateException(
                    "no stream carries " + message.getClass().getSimpleName());
        }
    }
}
