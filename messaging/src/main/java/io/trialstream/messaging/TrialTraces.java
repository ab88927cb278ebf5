package io.trialstream.messaging;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.trialstream.contracts.TrialId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * What this process does for a trial, as spans of the trial's one trace. It remembers the traces of the trials that it
 * heard of last; of others, as after a restart, it says nothing. Without a tracing backend every method does nothing.
 * Thread-safe.
 */
public final class TrialTraces {
    private static final int REMEMBERED = 10_000;

    private final Tracer tracer;
    private final Map<TrialId, SpanContext> traces = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TrialId, SpanContext> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Spans go to this backend under the name of this service. */
    public TrialTraces(OpenTelemetry telemetry, String service) {
        this.tracer = telemetry.getTracer("io.trialstream." + service);
    }

    /** Notes that a record about this trial was sent, and writes its trace into the record's headers. */
    public void sent(String what, TrialId trial, Headers headers) {
        Context parent = remembered(trial).map(TraceHeaders::childrenOf).orElse(Context.root());
        Span span = span(what, trial, parent, SpanKind.PRODUCER);
        if (span.getSpanContext().isValid()) {
            remember(trial, span.getSpanContext());
            TraceHeaders.write(Context.root().with(span), headers);
        }
        span.end();
    }

    /** The same, but only for a trial whose trace is known. */
    public void sentIfKnown(String what, TrialId trial, Headers headers) {
        if (remembered(trial).isPresent()) {
            sent(what, trial, headers);
        }
    }

    /** Notes that a record about this trial was taken over, if the record says to which trace it belongs. */
    public void received(String what, TrialId trial, Headers headers) {
        TraceHeaders.read(headers).ifPresent(sender -> {
            Span span = span(what, trial, TraceHeaders.childrenOf(sender), SpanKind.CONSUMER);
            remember(trial, span.getSpanContext().isValid() ? span.getSpanContext() : sender);
            span.end();
        });
    }

    private Span span(String what, TrialId trial, Context parent, SpanKind kind) {
        return tracer.spanBuilder(what)
                .setParent(parent)
                .setSpanKind(kind)
                .setAttribute("trialstream.study", trial.studyId())
                .setAttribute("trialstream.trial", trial.toString())
                .startSpan();
    }

    private synchronized Optional<SpanContext> remembered(TrialId trial) {
        return Optional.ofNullable(traces.get(trial));
    }

    private synchronized void remember(TrialId trial, SpanContext span) {
        traces.remove(trial);
        traces.put(trial, span);
    }
}
