package io.trialstream.results.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.trialstream.contracts.DeadLetter;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts what was ingested and what was put aside, by topic. */
@ApplicationScoped
class IngestMeters {
    private static final String RECORDS = "trialstream.results.ingested.records";
    private static final String DEAD_LETTERS = "trialstream.results.dead.letters";

    private final MeterRegistry registry;

    IngestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void ingested(Batch batch) {
        batch.records().forEach(received -> registry.counter(
                        RECORDS, "topic", received.record().topic())
                .increment());
    }

    void putAside(DeadLetter letter) {
        registry.counter(DEAD_LETTERS, "topic", letter.topic(), "code", letter.code())
                .increment();
    }
}
