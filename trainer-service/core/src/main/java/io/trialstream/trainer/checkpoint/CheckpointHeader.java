package io.trialstream.trainer.checkpoint;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a checkpoint says of itself, in JSON. A run goes on from it only if its own {@link Origin} is equal.
 *
 * @param schemaVersion of this form, now 1
 * @param origin what was trained how
 * @param curve how the objective went up to this epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CheckpointHeader(int schemaVersion, Origin origin, Progress curve) {

    /** The version that this code writes and reads. */
    public static final int SCHEMA_VERSION = 1;

    /** Validates. */
    public CheckpointHeader {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(curve, "curve");
    }

    /**
     * What determines every bit of a run: states of equal origin can stand for each other.
     *
     * @param configurationHash identifies the configuration
     * @param training the study's training settings, as in its file
     * @param seed the trial's
     * @param engine that wrote the state, whose layout only it reads
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Origin(String configurationHash, Map<String, Object> training, long seed, String engine) {

        /** Validates and copies. */
        public Origin {
            Objects.requireNonNull(configurationHash, "configurationHash");
            training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
            Objects.requireNonNull(engine, "engine");
        }
    }

    /**
     * A curve's past.
     *
     * @param epochs how many were trained
     * @param bestEpoch the first of the best, 0 before the first epoch
     * @param best all metrics at the best epoch
     * @param last all metrics at the last epoch
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Progress(int epochs, int bestEpoch, Map<String, Double> best, Map<String, Double> last) {

        /** Copies. */
        public Progress {
            best = Collections.unmodifiableMap(new LinkedHashMap<>(best));
            last = Collections.unmodifiableMap(new LinkedHashMap<>(last));
        }
    }
}
