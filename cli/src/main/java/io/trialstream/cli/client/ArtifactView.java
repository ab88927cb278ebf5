package io.trialstream.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that a run left.
 *
 * @param name its name, unique within the run
 * @param runId the run that left it
 * @param bytes its length
 * @param path where the server has its content
 */
public record ArtifactView(String name, String runId, long bytes, String path) {

    /** Reads a list of files; only those of {@code run} where one is given. */
    public static List<ArtifactView> listed(JsonNode files, Optional<String> run) {
        List<ArtifactView> listed = new ArrayList<>();
        for (JsonNode file : files.path("items")) {
            String runId = Json.requiredText(file, "runId");
            if (run.isEmpty() || run.get().equals(runId)) {
                listed.add(new ArtifactView(
                        Json.requiredText(file, "name"),
                        runId,
                        file.path("bytes").asLong(),
                        Json.requiredText(file, "path")));
            }
        }
        return listed;
    }
}
