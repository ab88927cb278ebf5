package io.trialstream.suggester.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.TrialCommand;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What operators see of the suggester's work. Counters: {@code trialstream_suggester_queued_total} (records written to
 * a queue), {@code …_queued_again_total{reason}} (why a trial was queued once more), {@code …_commands_total{kind}},
 * {@code …_failed_total{reason}}, {@code …_dead_letters_total{topic,code}}. Gauges, by pool: {@code
 * trialstream_trials_open{pool,phase}}, {@code trialstream_slots{pool}}, {@code trialstream_queue_age_seconds{pool}}
 * (how long the oldest trial that no run has begun is queued, in ticks), {@code trialstream_queue_records{pool}}.
 */
@ApplicationScoped
public class SuggesterMeters {
    private static final String PREFIX = "trialstream.suggester.";

    private final MeterRegistry registry;
    private final Map<String, Map<String, Double>> gauges = new ConcurrentHashMap<>();

    /** Counts in this registry. */
    public SuggesterMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A record was written to a queue. */
    public void queued() {
        registry.counter(PREFIX + "queued").increment();
    }

    /** A trial is queued once more. */
    public void queuedAgain(String reason) {
        registry.counter(PREFIX + "queued.again", "reason", reason).increment();
    }

    /** A trial is given up. */
    public void failed(String reason) {
        registry.counter(PREFIX + "failed", "reason", reason).increment();
    }

    /** A command was published. */
    public void commandSent(TrialCommand.Kind kind) {
        registry.counter(PREFIX + "commands", "kind", kind.name()).increment();
    }

    /** A record became a dead letter. */
    public void deadLettered(DeadLetter letter) {
        registry.counter(PREFIX + "dead.letters", "topic", letter.topic(), "code", letter.code())
                .increment();
    }

    /** The present value of one of a pool's gauges. */
    public void gauge(String name, String pool, double value) {
        set("trialstream." + name, pool, "", value);
    }

    /** How many open trials of the pool are in this phase. */
    public void open(String pool, String phase, int trials) {
        set("trialstream.trials.open", pool, phase, trials);
    }

    private void set(String name, String pool, String phase, double value) {
        String key = pool + "/" + phase;
        if (gauges.computeIfAbsent(name, any -> new ConcurrentHashMap<>()).put(key, value) == null) {
            Gauge.Builder<Map<String, Double>> gauge = Gauge.builder(name, gauges.get(name), values -> values.get(key))
                    .tag("pool", pool);
            (phase.isEmpty() ? gauge : gauge.tag("phase", phase)).register(registry);
        }
    }
}
