package io.trialstream.results.ingest;

import io.trialstream.contracts.DeadLetterCode;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.Received;
import io.trialstream.messaging.TopicFollower;
import io.trialstream.results.ingest.BatchWriter.Unknown;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Reads and writes from the stored positions onwards, until something fails. After a failure its owner creates a new
 * session, which starts at the positions in the database. Confined to the ingesting thread.
 */
final class IngestSession implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(IngestSession.class);
    private static final Duration CATCH_UP_WAIT = Duration.ofMillis(100);

    private final IngestContext context;
    private final String clusterId;
    private final BooleanSupplier stopping;
    private final Stream studies;
    private final Stream ledger;
    private final Stream reports;

    IngestSession(
            IngestContext context, String clusterId, Map<TopicPartition, Long> positions, BooleanSupplier stopping) {
        this.context = context;
        this.clusterId = clusterId;
        this.stopping = stopping;
        this.studies = open("studies", List.of(Topics.STUDIES), List.of(), positions);
        this.ledger = open("ledger", List.of(Topics.TRIAL_LEDGER), List.of(studies), positions);
        this.reports = open(
                "reports", List.of(Topics.TRIAL_REPORTS, Topics.TRIAL_EPOCHS), List.of(studies, ledger), positions);
    }

    /** Stores what has arrived on every topic; waits at most this long if nothing has. */
    void step(Duration wait) {
        Stream.awaitAny(List.of(studies, ledger, reports), wait);
        boolean idle = true;
        for (Stream stream : List.of(studies, ledger, reports)) {
            idle &= !take(stream, Duration.ZERO);
        }
        if (idle) {
            context.outcomes().settle();
        }
    }

    /** Whether everything before these offsets is stored. */
    boolean hasReached(Map<TopicPartition, Long> ends) {
        return List.of(studies, ledger, reports).stream().allMatch(stream -> stream.hasReached(endsOf(stream, ends)));
    }

    /** Up to where each partition is stored. */
    Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        List.of(studies, ledger, reports).forEach(stream -> positions.putAll(stream.positions()));
        return positions;
    }

    @Override
    public void close() {
        studies.close();
        ledger.close();
        reports.close();
    }

    private Stream open(
            String name,
            List<TopicDefinition> topics,
            List<Stream> prerequisites,
            Map<TopicPartition, Long> positions) {
        TopicFollower follower =
                new TopicFollower(context.connection(), "results-" + name, topics, context.deadLetters());
        return new Stream(name, topics, prerequisites, follower, positions);
    }

    /** Stores what has arrived on a stream; false if nothing has. */
    private boolean take(Stream stream, Duration wait) {
        Batch batch = stream.poll(wait);
        if (batch.isEmpty()) {
            return false;
        }
        try {
            store(stream, batch, Unknown.AWAITED);
        } catch (MissingReferenceException e) {
            catchUp(stream.prerequisites());
            store(stream, batch, Unknown.REFUSED);
        }
        return true;
    }

    /** Reads these streams to their current end, prerequisites first. */
    private void catchUp(List<Stream> streams) {
        Map<TopicPartition, Long> ends = context.backlog()
                .ends(streams.stream()
                        .flatMap(stream -> stream.topics().stream())
                        .toList());
        for (Stream stream : streams) {
            while (!stream.hasReached(endsOf(stream, ends)) && !stopping.getAsBoolean()) {
                take(stream, CATCH_UP_WAIT);
            }
        }
        if (stopping.getAsBoolean()) {
            throw new StoppingException();
        }
    }

    private void store(Stream stream, Batch batch, Unknown unknown) {
        List<Outcome> outcomes;
        try {
            outcomes = context.writer().write(clusterId, batch, unknown);
        } catch (RuntimeException e) {
            if (!DataFaults.isCauseOf(e)) {
                throw e;
            }
            storeSingly(stream, batch);
            return;
        }
        committed(stream, batch, outcomes);
    }

    /** A record of the batch cannot be stored: puts this one into the dead letters and stores the others. */
    private void storeSingly(Stream stream, Batch batch) {
        for (Batch single : batch.singly()) {
            List<Outcome> outcomes;
            try {
                outcomes = context.writer().write(clusterId, single, Unknown.REFUSED);
            } catch (RuntimeException e) {
                String fault = DataFaults.in(e).orElseThrow(() -> e);
                context.deadLetters().put(single.records().get(0).record(), DeadLetterCode.NOT_STORABLE, fault);
                outcomes = giveUp(single, Reason.of(ReasonCode.NOT_STORABLE, fault));
            }
            committed(stream, single, outcomes);
        }
    }

    /** Ends the record's trial as FAILED, because the suggester waits for its outcome. */
    private List<Outcome> giveUp(Batch single, Reason reason) {
        try {
            return context.writer().giveUp(clusterId, single, reason);
        } catch (RuntimeException e) {
            if (!DataFaults.isCauseOf(e)) {
                throw e;
            }
            LOG.errorf(e, "the failure of a trial cannot be stored either: %s", reason.text());
            return context.writer().write(clusterId, new Batch(List.of(), single.moves()), Unknown.REFUSED);
        }
    }

    private void committed(Stream stream, Batch batch, List<Outcome> outcomes) {
        stream.stored(batch);
        batch.records().forEach(this::trace);
        context.outcomes().publish(outcomes);
        context.meters().ingested(batch);
    }

    private void trace(Received received) {
        if (received.message().orElse(null) instanceof TrialReport report) {
            String what = "record " + report.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            context.traces()
                    .received(what, report.run().trialId(), received.record().headers());
        }
    }

    private static Map<TopicPartition, Long> endsOf(Stream stream, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> own = new HashMap<>(ends);
        own.keySet().removeIf(partition -> stream.topics().stream()
                .noneMatch(topic -> topic.name().equals(partition.topic())));
        return own;
    }
}
