package io.trialstream.results.api;

import io.trialstream.artifacts.Artifact;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The files of a trial.
 *
 * @param items by run and name
 */
public record Artifacts(List<Item> items) {

    /**
     * A file.
     *
     * @param name its name
     * @param runId the run that left it
     * @param mediaType what it is
     * @param bytes its length
     * @param modifiedAt when it was written
     * @param path where its content is
     */
    @Schema(name = "Artifact")
    public record Item(String name, String runId, String mediaType, long bytes, Instant modifiedAt, String path) {}

    static Artifacts of(String trialId, List<Artifact> files) {
        return new Artifacts(files.stream().map(file -> item(trialId, file)).toList());
    }

    private static Item item(String trialId, Artifact file) {
        return new Item(
                file.id().name(),
                file.id().runId(),
                file.mediaType(),
                file.bytes(),
                file.modified(),
                "/api/v1/trials/" + trialId + "/artifacts/" + file.id().runId() + "/"
                        + file.id().name());
    }
}
