package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.Parameter;
import io.trialstream.space.SearchSpace;

/**
 * Start-up trials as Latin hypercubes: of m trials in a row, each takes another m-th of every parameter's prior, in an
 * order of the parameter's own. Trial n is a function of (study seed, n) alone.
 */
record LatinStartup(SearchSpace space, int trials) {
    private static final double TO_LONG = 0x1p53;

    /** The configuration of a trial. */
    Configuration draw(long studySeed, int trialNumber) {
        CounterRandom random = CounterRandom.of(studySeed, trialNumber, "latin");
        int block = trialNumber / trials;
        int place = trialNumber % trials;
        return space.draw(parameter -> {
            double point = (stratum(studySeed, block, place, parameter) + random.nextDouble()) / trials;
            long bits = (long) Math.min(point * TO_LONG, TO_LONG - 1) << 11;
            return parameter.distribution().sample(() -> bits);
        });
    }

    /** Where a shuffle of 0 to trials - 1 puts a place. */
    private int stratum(long studySeed, int block, int place, Parameter parameter) {
        CounterRandom random = CounterRandom.of(studySeed, block, "latin " + parameter.label());
        int[] shuffled = new int[trials];
        for (int i = 0; i < trials; i++) {
            int other = (int) (random.nextDouble() * (i + 1));
            shuffled[i] = shuffled[other];
            shuffled[other] = i;
        }
        return shuffled[place];
    }
}
