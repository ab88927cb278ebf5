package io.trialstream.tpe;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToIntFunction;

/**
 * What has been computed of a parameter's values, since candidates share the values of a grid or a choice: a cache of a
 * pure function, which begins anew when it has become large. One thread at a time.
 */
final class ValueCache<T> {
    /** How many numbers all caches of a density may hold together: 16 MiB. */
    private static final int TOGETHER = 1 << 21;

    private final Map<Double, T> known = new HashMap<>();
    private final int capacity;
    private final ToIntFunction<T> size;
    private int held;

    /**
     * A cache beside those of other parameters.
     *
     * @param parameters how many of them share what memory there is
     * @param size how many numbers an entry holds
     */
    ValueCache(int parameters, ToIntFunction<T> size) {
        this.capacity = TOGETHER / Math.max(1, parameters);
        this.size = size;
    }

    T get(double value, DoubleFunction<T> compute) {
        T found = known.get(value);
        if (found == null) {
            found = compute.apply(value);
            held += size.applyAsInt(found);
            if (held > capacity) {
                known.clear();
                held = size.applyAsInt(found);
            }
            known.put(value, found);
        }
        return found;
    }
}
