package io.trialstream.suggester.loop;

import io.trialstream.contracts.ImportedResult;
import io.trialstream.space.Configuration;

/**
 * A trial that was trained elsewhere.
 *
 * @param configuration a point of the study's space
 * @param result what came of it
 */
public record ImportedEvidence(Configuration configuration, ImportedResult result) {}
