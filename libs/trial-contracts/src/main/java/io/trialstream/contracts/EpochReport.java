package io.trialstream.contracts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of one epoch of a run.
 *
 * @param run the run
 * @param epoch the epoch, counted from 1
 * @param metrics by name; a non-finite value is null, and {@code reason} says so
 * @param duration how long the epoch took, evaluation included
 * @param reason why metrics are null, if any are
 * @param at when, by the trainer's clock
 */
public record EpochReport(
        Run run, int epoch, Map<String, Double> metrics, Duration duration, Optional<Reason> reason, Instant at)
        implements Message {

    /** Refuses absent fields; turns non-finite metrics into nulls with a reason. */
    public EpochReport {
        Require.present("run", run);
        Require.atLeast("epoch", 1, epoch);
        metrics = Metrics.finiteOrNull(Require.present("metrics", metrics));
        Require.notNegative("duration", duration);
        reason = reason == null ? Optional.empty() : reason;
        if (reason.isEmpty() && metrics.containsValue(null)) {
            reason = Optional.of(
                    Reason.of(ReasonCode.NON_FINITE_METRIC, "a metric of this epoch was not a finite number"));
        }
        Require.present("at", at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
