package io.trialstream.suggester.telemetry;

import io.trialstream.suggester.config.SuggesterSettings;
import io.trialstream.suggester.decision.SuggesterState;
import io.trialstream.suggester.queue.QueueWatch;
import io.trialstream.suggester.state.OpenTrial;
import io.trialstream.suggester.state.Phase;
import java.util.List;

/**
 * Sets the gauges of the pools.
 *
 * @param settings the pools, and how long a tick is
 * @param meters where the gauges are
 */
public record PoolGauges(SuggesterSettings settings, SuggesterMeters meters) {

    /** Shows how each pool stands now. */
    public void show(SuggesterState state, QueueWatch queues) {
        for (String pool : settings.pools()) {
            List<OpenTrial> open = state.studies().histories().stream()
                    .filter(study -> study.spec().pool().equals(pool))
                    .flatMap(study -> study.open().stream())
                    .toList();
            for (Phase phase : Phase.values()) {
                meters.open(pool, phase.name(), (int)
                        open.stream().filter(trial -> trial.phase() == phase).count());
            }
            meters.gauge("queue.age.seconds", pool, age(open, state.trainers().now()));
            meters.gauge("slots", pool, state.trainers().capacity(pool));
            queues.of(pool)
                    .flatMap(QueueWatch.QueueState::records)
                    .ifPresent(records -> meters.gauge("queue.records", pool, records));
        }
    }

    /** For how long the trial that was queued first has waited for a run. */
    private double age(List<OpenTrial> open, long now) {
        return open.stream()
                        .flatMap(trial -> trial.queuedSince().stream())
                        .mapToLong(since -> now - since)
                        .max()
                        .orElse(0)
                * settings.tick().toMillis()
                / 1e3;
    }
}
