package io.trialstream.results.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.trialstream.contracts.DeadLetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts ingested records and dead letters by topic, and duplicate final reports. */
@ApplicationScoped
class IngestMeters {
    private static final String RECORDS = "trialstream.results.ingested.records";
    private static final String DUPLICATES = "trialstream.results.duplicate.reports";
    private static final String DEAD_LETTERS = "trialstream.results.dead.letters";

    private final MeterRegistry registry;

    IngestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void ingested(Batch batch) {
        Map<String, Long> byTopic = batch.records().stream()
                .collect(Collectors.groupingBy(received -> received.record().topic(), Collectors.counting()));
        byTopic.forEach(
                (topic, records) -> registry.counter(RECORDS, "topic", topic).increment(records));
    }

    void duplicates(int reports) {
        registry.counter(DUPLICATES).increment(reports);
    }

    void putAside(DeadLetter letter) {
        registry.counter(DEAD_LETTERS, "topic", letter.topic(), "code", letter.code())
                .increment();
    }
}
