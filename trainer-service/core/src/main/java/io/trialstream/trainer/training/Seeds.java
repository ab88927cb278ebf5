package io.trialstream.trainer.training;

/** Independent seeds for the random parts of a trial, derived from its one seed. */
enum Seeds {
    /** Initial weights. */
    WEIGHTS,
    /** Order of the training images in an epoch. */
    ORDER,
    /** Which images an epoch shows flipped. */
    FLIPS,
    /** Dropout. */
    DROPOUT,
    /** Where the training images of an epoch are cropped. */
    CROPS,
    /** The noise that filters' images begin as. */
    NOISE;

    /** The seed of this part in an epoch, 0 for what happens once. SplitMix64's finaliser over all three. */
    long of(long trialSeed, int epoch) {
        return mixed(mixed(trialSeed + 0x9E3779B97F4A7C15L * (ordinal() + 1)) + epoch);
    }

    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
