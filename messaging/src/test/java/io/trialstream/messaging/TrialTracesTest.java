package io.trialstream.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.trialstream.contracts.TrialId;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TrialTracesTest {
    private static final TrialId TRIAL = new TrialId("demo", 3);

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetry telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();
    private final TrialTraces suggester = new TrialTraces(telemetry, "suggester");
    private final TrialTraces results = new TrialTraces(telemetry, "results");

    @Test
    void shouldShowATrialsLifeAsOneTraceAcrossProcesses() {
        // Given a proposal, whose headers the trainer copies to its reports
        Headers proposal = new RecordHeaders();
        suggester.sent("propose trial", TRIAL, proposal);
        assertThat(new String(proposal.lastHeader("traceparent").value())).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        Headers report = new RecordHeaders(proposal.toArray());

        // When
        results.received("record finished", TRIAL, report);
        Headers outcome = new RecordHeaders();
        results.sentIfKnown("publish outcome", TRIAL, outcome);

        // Then
        List<SpanData> trace = spans.getFinishedSpanItems();
        assertThat(trace)
                .extracting(SpanData::getName)
                .containsExactly("propose trial", "record finished", "publish outcome");
        assertThat(trace)
                .extracting(SpanData::getTraceId)
                .containsOnly(trace.get(0).getTraceId());
        assertThat(trace.get(1).getParentSpanId()).isEqualTo(trace.get(0).getSpanId());
        assertThat(trace.get(2).getParentSpanId()).isEqualTo(trace.get(1).getSpanId());
        assertThat(TraceHeaders.read(outcome)).isPresent();
    }

    @Test
    void shouldGoOnWithTheTraceWhenATrialIsQueuedAgain() {
        suggester.sent("propose trial", TRIAL, new RecordHeaders());
        suggester.sent("propose trial", TRIAL, new RecordHeaders());
        suggester.sent("propose trial", new TrialId("demo", 4), new RecordHeaders());

        List<SpanData> trace = spans.getFinishedSpanItems();
        assertThat(trace.get(1).getTraceId()).isEqualTo(trace.get(0).getTraceId());
        assertThat(trace.get(2).getTraceId()).isNotEqualTo(trace.get(0).getTraceId());
    }

    @Test
    void shouldSayNothingOfRecordsWithoutATrace() {
        results.received("record finished", TRIAL, new RecordHeaders());
        results.received("record finished", TRIAL, new RecordHeaders().add("traceparent", "nonsense".getBytes()));
        Headers outcome = new RecordHeaders();
        results.sentIfKnown("publish outcome", TRIAL, outcome);

        assertThat(spans.getFinishedSpanItems()).isEmpty();
        assertThat(outcome).isEmpty();
    }

    @Test
    void shouldWriteNoHeadersWhereNobodyTraces() {
        Headers proposal = new RecordHeaders();

        new TrialTraces(OpenTelemetry.noop(), "suggester").sent("propose trial", TRIAL, proposal);

        assertThat(proposal).isEmpty();
    }
}
