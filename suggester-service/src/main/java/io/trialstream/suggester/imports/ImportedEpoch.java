package io.trialstream.suggester.imports;

import java.time.Duration;
import java.util.Map;

/**
 * One epoch of an imported trial's history.
 *
 * @param epoch counted from 1
 * @param metrics by name; null where a value was not finite
 * @param duration how long it took, zero where that is not known
 */
record ImportedEpoch(int epoch, Map<String, Double> metrics, Duration duration) {}
