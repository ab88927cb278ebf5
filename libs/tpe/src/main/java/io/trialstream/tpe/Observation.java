package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import java.util.Objects;

/**
 * What became of one trial.
 *
 * @param trialNumber its number in the study, the age of the observation
 * @param kind how it ended
 * @param configuration what was tried
 * @param loss lower is better; finite if completed, NaN if infeasible or if a pruned trial reported nothing
 * @param lastStep the last step (epoch) a pruned trial reported; -1 where there is none
 */
public record Observation(int trialNumber, Kind kind, Configuration configuration, double loss, long lastStep) {
    /** How a trial ended, as far as it is evidence. */
    public enum Kind {
        /** It ran to its end. */
        COMPLETED,
        /** It was stopped early because it did worse than others. */
        PRUNED,
        /** The configuration cannot be trained: it diverged, did not fit, or is invalid. */
        INFEASIBLE
    }

    public Observation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(configuration, "configuration");
        if (trialNumber < 0) {
            throw new IllegalArgumentException("trialNumber must not be negative: " + trialNumber);
        }
        if (kind == Kind.COMPLETED && !Double.isFinite(loss)) {
            throw new IllegalArgumentException("the loss of a completed trial must be finite: " + loss);
        }
        loss = kind == Kind.INFEASIBLE ? Double.NaN : loss;
        lastStep = kind == Kind.PRUNED ? lastStep : -1;
    }

    /** A trial that ran to its end. */
    public static Observation completed(int trialNumber, Configuration configuration, double loss) {
        return new Observation(trialNumber, Kind.COMPLETED, configuration, loss, -1);
    }

    /** A trial that was stopped after a step with the loss it had then (NaN if it reported none). */
    public static Observation pruned(int trialNumber, Configuration configuration, double loss, long lastStep) {
        return new Observation(trialNumber, Kind.PRUNED, configuration, loss, lastStep);
    }

    /** A trial whose configuration is at fault. */
    public static Observation infeasible(int trialNumber, Configuration configuration) {
        return new Observation(trialNumber, Kind.INFEASIBLE, configuration, Double.NaN, -1);
    }
}
