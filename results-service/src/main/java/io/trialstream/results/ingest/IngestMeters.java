package io.trialstream.results.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts what was ingested, by topic. */
@ApplicationScoped
class IngestMeters {
    private static final String RECORDS = "trialstream.results.ingested.records";

    private final MeterRegistry registry;

    IngestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void ingested(Batch batch) {
        batch.records().forEach(received -> registry.counter(RECORDS, "topic", received.record().topic()).increment());
    }
}
