package io.trialstream.space;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One point of a space. Immutable and thread-safe.
 *
 * <p>Two configurations are equal when a trainer would see the same: their {@link #values} have the same canonical
 * form. That form is the JSON of the values by RFC 8785 (members sorted, numbers as the shortest digits of the nearest
 * double), so that 3 and 3.0 are the same; the {@link #key} is the SHA-256 of its UTF-8 bytes in hexadecimal. Any
 * language can compute it from the values alone, and it never changes.
 */
public final class Configuration {
    private final SearchSpace space;
    private final double[] numbers;
    private volatile Map<String, Object> values;
    private volatile String canonical;
    private volatile String key;

    Configuration(SearchSpace space, double[] numbers) {
        this.space = space;
        this.numbers = numbers;
    }

    /** The values under the space's keys, choices resolved: unmodifiable, in the space's order, nulls allowed. */
    public Map<String, Object> values() {
        Map<String, Object> known = values;
        if (known == null) {
            known = space.resolve(numbers);
            values = known;
        }
        return known;
    }

    /** The active labels with their numbers. */
    public Assignment assignment() {
        Map<String, Double> active = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            if (isActive(parameter.index())) {
                active.put(parameter.label(), numbers[parameter.index()]);
            }
        }
        return new Assignment(active);
    }

    /** Whether the parameter with this index takes part. */
    public boolean isActive(int parameter) {
        return !Double.isNaN(numbers[parameter]);
    }

    /** The number of the parameter with this index, NaN if it is not active. */
    public double number(int parameter) {
        return numbers[parameter];
    }

    /** The space it is a point of. */
    public SearchSpace space() {
        return space;
    }

    /** The canonical JSON of the values, the text that {@link #key} hashes. */
    public String canonicalForm() {
        String known = canonical;
        if (known == null) {
            known = CanonicalJson.write(values());
            canonical = known;
        }
        return known;
    }

    /** SHA-256 of the canonical form, 64 hexadecimal digits. */
    public String key() {
        String known = key;
        if (known == null) {
            known = Sha256.hex(canonicalForm());
            key = known;
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Configuration that && canonicalForm().equals(that.canonicalForm());
    }

    @Override
    public int hashCode() {
        return canonicalForm().hashCode();
    }

    @Override
    public String toString() {
        return canonicalForm();
    }
}
