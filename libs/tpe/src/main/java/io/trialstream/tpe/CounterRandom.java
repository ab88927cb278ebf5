package io.trialstream.tpe;

import java.util.random.RandomGenerator;

/**
 * A counter-based generator: the n-th output is a hash of (study seed, trial number, purpose, n), the finaliser of
 * SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) over a Weyl sequence that starts at a hash of the key. It is written
 * here so that no JDK can change it. One instance belongs to one thread.
 */
public final class CounterRandom implements RandomGenerator {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final double UNIT = 0x1p-53;

    private long state;

    private CounterRandom(long state) {
        this.state = state;
    }

    /** The stream of one purpose of one trial. */
    public static CounterRandom of(long studySeed, int trialNumber, String purpose) {
        long key = mix(studySeed + GOLDEN);
        key = mix(key ^ trialNumber * 0xd6e8feb86659fd93L) + GOLDEN;
        for (int i = 0; i < purpose.length(); i++) {
            key = mix(key ^ purpose.charAt(i)) + GOLDEN;
        }
        return new CounterRandom(mix(key));
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform on [0, 1), 53 bits. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * UNIT;
    }

    /** Uniform on (0, 1): the middles of 2^53 cells. */
    double nextOpen() {
        return ((nextLong() >>> 11) + 0.5) * UNIT;
    }

    private static long mix(long z) {
        long mixed = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
