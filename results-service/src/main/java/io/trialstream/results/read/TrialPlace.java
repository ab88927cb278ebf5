package io.trialstream.results.read;

import java.util.OptionalDouble;

/**
 * A place in an ordered list of trials: that of the last trial seen. Trials that come or go elsewhere do not move it.
 *
 * @param key the trial's key; empty among the trials without one, which come last in the order of their numbers
 * @param number the trial's number
 */
public record TrialPlace(OptionalDouble key, int number) {

    /** The place as text. */
    public String text() {
        return (key.isPresent() ? Double.toString(key.getAsDouble()) : "") + "@" + number;
    }

    /**
     * The place that a text stands for.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    public static TrialPlace parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("no place: " + text);
        }
        String key = text.substring(0, at);
        double number = key.isEmpty() ? 0 : Double.parseDouble(key);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("no place: " + text);
        }
        return new TrialPlace(
                key.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(number),
                Integer.parseInt(text.substring(at + 1)));
    }
}
