package io.trialstream.contracts;

import java.util.Optional;

/**
 * What a trial trains again. It has the earlier trial's configuration and seed, and leaves what a trial of a search does
 * not: weights, histograms of weights and activations, images of the filters.
 *
 * @param number the earlier trial's number within the study
 * @param epochs how many epochs it trains, where that is not what the study says
 */
public record Retrain(int number, Optional<Integer> epochs) {

    /** Refuses numbers below the first. */
    public Retrain {
        Require.atLeast("retrain.number", 0, number);
        epochs = epochs == null ? Optional.empty() : epochs;
        epochs.ifPresent(value -> Require.atLeast("retrain.epochs", 1, value));
    }
}
