package io.trialstream.suggester.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.contracts.TrialId;
import java.util.List;
import java.util.Optional;

/** How trials are written in files. */
interface ImportFormat {

    /** Reads a trial without its history; what is wrong is noted, and what stands in its place means nothing. */
    ImportedTrial trial(JsonNode tree, FieldReader fields);

    /** Whether a trial can be evidence, however it ended. */
    default boolean isEvidence(JsonNode tree) {
        return true;
    }

    /** The trial whose identity stands here; empty where it is none. */
    default Optional<TrialId> exportedAs(JsonNode identity) {
        try {
            return identity.isTextual() ? Optional.of(TrialId.parse(identity.textValue())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Reads a trial's history, which is empty where the file has none. */
    List<ImportedEpoch> history(JsonNode tree, FieldReader fields);
}
