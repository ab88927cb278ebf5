package io.trialstream.cli.verify;

import java.util.Map;
import java.util.Set;

/**
 * What the topics hold of a study.
 *
 * @param given how many numbers the study's record says were given
 * @param maximize whether a higher objective is better
 * @param ledger its trials by number
 * @param reported trials of which a final report is on its topic
 * @param outcomes the published ends by number, the newest of each
 * @param contradicted trials of which published outcomes differ
 */
record TopicBooks(
        int given,
        boolean maximize,
        Map<Integer, ProposedTrial> ledger,
        Set<Integer> reported,
        Map<Integer, PublishedOutcome> outcomes,
        Set<Integer> contradicted) {

    /** Copies the collections. */
    TopicBooks {
        ledger = Map.copyOf(ledger);
        reported = Set.copyOf(reported);
        outcomes = Map.copyOf(outcomes);
        contradicted = Set.copyOf(contradicted);
    }
}
