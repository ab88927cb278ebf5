package io.trialstream.trainer.checkpoint;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The header of a checkpoint, as JSON. A run resumes from it only if its own {@link Fingerprint} is equal.
 *
 * @param schemaVersion of this form, now 1
 * @param fingerprint of the training that wrote it
 * @param curve the metrics up to this epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CheckpointHeader(int schemaVersion, @JsonProperty("origin") Fingerprint fingerprint, Progress curve) {

    /** The version that this code writes and reads. */
    public static final int SCHEMA_VERSION = 1;

    /** Validates. */
    public CheckpointHeader {
        Objects.requireNonNull(fingerprint, "origin");
        Objects.requireNonNull(curve, "curve");
    }

    /**
     * What determines every bit of a run: states of equal fingerprints are interchangeable.
     *
     * @param configurationHash identifies the configuration
     * @param training the study's training settings, as in its file
     * @param seed the trial's
     * @param engine that wrote the state, whose layout only it reads
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Fingerprint(String configurationHash, Map<String, Object> training, long seed, String engine) {

        /** Validates and copies. */
        public Fingerprint {
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
