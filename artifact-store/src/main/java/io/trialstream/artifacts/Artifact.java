package io.trialstream.artifacts;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A stored file.
 *
 * @param id its name
 * @param bytes its size
 * @param modified when it was written, by the store's clock
 */
public record Artifact(ArtifactId id, long bytes, Instant modified) {
    private static final String ANY = "application/octet-stream";
    private static final Map<String, String> TYPES = Map.of(
            "svg", "image/svg+xml",
            "png", "image/png",
            "dot", "text/vnd.graphviz",
            "json", "application/json",
            "log", "text/plain;charset=UTF-8",
            "npz", ANY);

    /** Validates. */
    public Artifact {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(modified, "modified");
    }

    /** Its media type, by the ending of its name. */
    public String mediaType() {
        return TYPES.getOrDefault(id.name().substring(id.name().lastIndexOf('.') + 1), ANY);
    }
}
