package io.trialstream.cli.verify;

import java.util.Optional;

/**
 * A trial's end as it was published.
 *
 * @param number the trial's number
 * @param state its final state
 * @param evidenceNumber its place in the evidence, where it is evidence
 * @param configurationHash the configuration that was trained
 * @param objective its objective, where it has one
 */
record PublishedOutcome(
        int number,
        String state,
        Optional<Long> evidenceNumber,
        String configurationHash,
        Optional<Double> objective) {}
