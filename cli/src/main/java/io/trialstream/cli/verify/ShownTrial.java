package io.trialstream.cli.verify;

import java.util.Optional;
import java.util.Set;

/**
 * A trial as readers are shown it: a row of the list, or a line of the export.
 *
 * @param number its number within the study
 * @param state where it stands
 * @param evidenceNumber its place in the evidence, where it has one
 * @param objective its objective, where it has one
 * @param configuration the digest of its values, see {@link CanonicalJson}
 */
record ShownTrial(
        int number, String state, Optional<Long> evidenceNumber, Optional<Double> objective, String configuration) {
    private static final Set<String> OPEN = Set.of("QUEUED", "RUNNING");

    boolean isFinal() {
        return !OPEN.contains(state);
    }
}
