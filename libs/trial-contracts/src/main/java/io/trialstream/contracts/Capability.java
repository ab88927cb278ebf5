package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A kind of trial that a trainer can run.
 *
 * @param workload the workload's name
 * @param metrics what it reports of each epoch; empty where the trainer cannot know
 * @param requiredKeys the keys that every configuration needs
 * @param datasets the data sets that it can be asked for; empty where it needs none
 * @param programs the programs that it can be asked for; empty where it starts none
 */
public record Capability(
        String workload,
        List<String> metrics,
        List<String> requiredKeys,
        List<String> datasets,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> programs) {

    /** A workload that starts no programs. */
    public Capability(String workload, List<String> metrics, List<String> requiredKeys, List<String> datasets) {
        this(workload, metrics, requiredKeys, datasets, List.of());
    }

    /** Refuses absent fields and copies the lists; an absent list is an empty one. */
    public Capability {
        Require.text("workload", workload);
        metrics = names("metrics", metrics);
        requiredKeys = names("requiredKeys", requiredKeys);
        datasets = names("datasets", datasets);
        programs = names("programs", programs);
    }

    private static List<String> names(String field, List<String> names) {
        return names == null ? List.of() : Require.list(field, names);
    }
}
