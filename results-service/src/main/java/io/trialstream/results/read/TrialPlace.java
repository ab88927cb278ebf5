package io.trialstream.results.read;

import java.util.OptionalDouble;

/**
 * A position in an ordered list of trials, given by the last trial seen; other trials that are added or removed do not
 * shift it.
 *
 * @param key the trial's key; empty among the trials without one, which come last in the order of their numbers
 * @param number the trial's number
 */
public record TrialPlace(OptionalDouble key, int number) {

    /** The position as text. */
    public String text() {
        return (key.isPresent() ? Double.toString(key.getAsDouble()) : "") + "@" + number;
    }

    /**
     * Reads a position from its text.
     *
     * @throws IllegalArgumentException if the text is not a position
     */
    public static TrialPlace parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("not a position: " + text);
        }
        String key = text.substring(0, at);
        double number = key.isEmpty() ? 0 : Double.parseDouble(key);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("not a position: " + text);
        }
        return new TrialPlace(
                key.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(number),
                Integer.parseInt(text.substring(at + 1)));
    }
}
