package io.trialstream.suggester.command;

import io.trialstream.contracts.ImportedResult;
import io.trialstream.contracts.TrialId;
import io.trialstream.space.Configuration;
import java.util.Optional;

/**
 * A trial that was trained elsewhere.
 *
 * @param configuration a point of the study's space
 * @param result what came of it
 * @param exportedAs the trial that it is an export of, where its file says so
 */
public record ImportedEvidence(Configuration configuration, ImportedResult result, Optional<TrialId> exportedAs) {}
