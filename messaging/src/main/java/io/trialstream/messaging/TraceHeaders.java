package io.trialstream.messaging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The trace that a record belongs to, in its headers {@code traceparent} and {@code tracestate} (W3C Trace Context).
 * The suggester begins a trace with each proposal; whoever reports of the trial copies the proposal's headers, so that
 * one trace shows the trial's life. Where nobody traces there are no headers.
 */
public final class TraceHeaders {
    private static final W3CTraceContextPropagator FORMAT = W3CTraceContextPropagator.getInstance();

    private TraceHeaders() {}

    /** Writes the span of this context over whatever the headers said; nothing if it is not being recorded. */
    public static void write(Context context, Headers headers) {
        FORMAT.inject(context, headers, (carrier, name, value) -> {
            carrier.remove(name);
            carrier.add(name, value.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** The span that the headers name. */
    public static Optional<SpanContext> read(Headers headers) {
        Context context = FORMAT.extract(Context.root(), headers, Reader.INSTANCE);
        return Optional.of(Span.fromContext(context).getSpanContext()).filter(SpanContext::isValid);
    }

    /** A context in which new spans are children of this one, which is another process'. */
    public static Context childrenOf(SpanContext parent) {
        return Context.root().with(Span.wrap(parent));
    }

    private enum Reader implements TextMapGetter<Headers> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Headers headers) {
            List<String> names = new ArrayList<>();
            headers.forEach(header -> names.add(header.key()));
            return names;
        }

        @Override
        public String get(Headers headers, String name) {
            Header header = headers == null ? null : headers.lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
