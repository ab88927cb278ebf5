package io.trialstream.contracts;

import java.util.List;

/**
 * A kind of trial that a trainer can run.
 *
 * @param workload the workload's name
 * @param metrics what it reports of each epoch; empty where the trainer cannot know
 * @param requiredKeys the keys that every configuration needs
 * @param datasets the data sets that it can be asked for; empty where it needs none
 */
public record Capability(String workload, List<String> metrics, List<String> requiredKeys, List<String> datasets) {

    /** Refuses absent fields and copies the lists; an absent list is an empty one. */
    public Capability {
        Require.text("workload", workload);
        metrics = names("metrics", metrics);
        requiredKeys = names("requiredKeys", requiredKeys);
        datasets = names("datasets", datasets);
    }

    private static List<String> names(String field, List<String> names) {
        return names == null ? List.of() : Require.list(field, names);
    }
}
