package io.trialstream.trainer.libtorch;

import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Random masks of dropout, each a pure function of (seed, step, layer): no state to save, the same on any number of
 * threads. Value i of a mask comes from Murmur3's 32-bit finaliser over i times the golden ratio, with one key added
 * before and another mixed in between its rounds; that is integer arithmetic without branches, which the compiler turns
 * into vector instructions. libtorch's own generator makes one number after the other on one thread. Used by one thread.
 */
final class DropoutMasks {

    private static final int GOLDEN = 0x9E3779B9;
    private static final int CHUNK = 1 << 14;
    /** i times the golden ratio. */
    private static final int[] RAMP = new int[CHUNK];

    static {
        for (int i = 0; i < CHUNK; i++) {
            RAMP[i] = i * GOLDEN;
        }
    }

    private final int[] chunk = new int[CHUNK];
    private long seed;
    private int step;

    /** Begins an epoch: what follows is determined by its seed. */
    void begin(long epochSeed) {
        seed = epochSeed;
        step = 0;
    }

    /** Goes on to the next batch. */
    void next() {
        step++;
    }

    /**
     * Writes {@code length} floats: 0 with probability {@code rate}, else {@code kept}.
     *
     * @param target where, with room for them
     * @param layer which of the network's dropouts
     */
    void fill(Pointer target, long length, int layer, double rate, float kept) {
        long key = mixed(mixed(seed + (step + 1L) * 0x9E3779B97F4A7C15L) + layer);
        int threshold = (int) Math.min(Integer.MAX_VALUE, Math.round(rate * 0x1p31));
        IntPointer bits = new IntPointer(target);
        for (long from = 0; from < length; from += CHUNK) {
            fillChunk((int) key + (int) from * GOLDEN, (int) (key >>> 32), threshold, Float.floatToRawIntBits(kept));
            bits.position(from).put(chunk, 0, (int) Math.min(CHUNK, length - from));
        }
    }

    /** The bits of either 0.0f or the kept value. */
    private void fillChunk(int first, int second, int threshold, int kept) {
        int[] values = chunk;
        int[] ramp = RAMP;
        for (int i = 0; i < values.length; i++) {
            int h = ramp[i] + first;
            h ^= h >>> 16;
            h *= 0x85EBCA6B;
            h ^= (h >>> 13) ^ second;
            h *= 0xC2B2AE35;
            h ^= h >>> 16;
            values[i] = ~(((h >>> 1) - threshold) >> 31) & kept;
        }
    }

    /** SplitMix64's finaliser. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
