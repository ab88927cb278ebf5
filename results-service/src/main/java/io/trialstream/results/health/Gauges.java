package io.trialstream.results.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialState;
import io.trialstream.results.ingest.Backlog;
import io.trialstream.results.ingest.IngestState;
import io.trialstream.results.ingest.IngestStatus;
import io.trialstream.results.live.LiveFeeds;
import io.trialstream.results.outcomes.UnpublishedOutcomes;
import io.trialstream.results.store.ConsumedOffset;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialCounts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Gauges of trials by state, clients of event streams, ingest lag and unpublished outcomes. */
@ApplicationScoped
class Gauges {
    private static final Logger LOG = Logger.getLogger(Gauges.class);
    private static final List<TopicDefinition> TOPICS =
            List.of(Topics.STUDIES, Topics.TRIAL_LEDGER, Topics.TRIAL_REPORTS, Topics.TRIAL_EPOCHS);

    private final Backlog backlog;
    private final IngestStatus status;
    private final UnpublishedOutcomes outcomes;
    private final LiveFeeds feeds;
    private final Map<String, AtomicLong> lags = new HashMap<>();
    private final Map<TrialState, AtomicLong> trials = new EnumMap<>(TrialState.class);
    private final AtomicLong unpublished;

    Gauges(
            Backlog backlog,
            IngestStatus status,
            UnpublishedOutcomes outcomes,
            LiveFeeds feeds,
            MeterRegistry registry) {
        this.backlog = backlog;
        this.status = status;
        this.outcomes = outcomes;
        this.feeds = feeds;
        TOPICS.forEach(topic -> lags.put(
                topic.name(),
                registry.gauge(
                        "trialstream.results.lag.records", List.of(Tag.of("topic", topic.name())), new AtomicLong())));
        for (TrialState state : TrialState.values()) {
            trials.put(
                    state,
                    registry.gauge("trialstream.trials", List.of(Tag.of("state", state.name())), new AtomicLong()));
        }
        this.unpublished = registry.gauge("trialstream.results.unpublished.outcomes", new AtomicLong());
        registry.gauge("trialstream.results.live.clients", this.feeds, LiveFeeds::clients);
        registry.gauge(
                "trialstream.results.ingest.ready",
                status,
                known -> known.state().isReady() ? 1 : 0);
    }

    @Scheduled(
            every = "${trialstream.results.measure-every:PT10S}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measure() {
        if (status.state() instanceof IngestState.Starting) {
            return;
        }
        try {
            Map<TopicPartition, Long> ends = backlog.ends(TOPICS);
            Map<TopicPartition, Long> read = QuarkusTransaction.requiringNew().call(Gauges::positions);
            TOPICS.forEach(topic -> lags.get(topic.name()).set(lag(topic, ends, read)));
            Map<TrialState, Long> counts = QuarkusTransaction.requiringNew().call(Gauges::trialsByState);
            counts.forEach((state, count) -> trials.get(state).set(count));
            unpublished.set(QuarkusTransaction.requiringNew().call(outcomes::count));
        } catch (RuntimeException e) {
            LOG.debug("gauges keep their last values", e);
        }
    }

    private static Map<TrialState, Long> trialsByState() {
        Map<TrialState, Long> counts = new EnumMap<>(TrialState.class);
        List<TrialCounts> studies = StudyEntity.getEntityManager()
                .createQuery("select study.trials from StudyEntity study", TrialCounts.class)
                .getResultList();
        for (TrialState state : TrialState.values()) {
            counts.put(
                    state,
                    studies.stream().mapToLong(trials -> trials.of(state)).sum());
        }
        return counts;
    }

    private static long lag(TopicDefinition topic, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> read) {
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(topic.name()))
                .mapToLong(end -> Math.max(0, end.getValue() - read.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    private static Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        ConsumedOffset.<ConsumedOffset>listAll()
                .forEach(row -> positions.put(new TopicPartition(row.topic, row.partition), row.nextOffset));
        return positions;
    }
}
