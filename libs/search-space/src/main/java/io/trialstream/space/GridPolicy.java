package io.trialstream.space;

/** What a quantised distribution does at its bounds. One policy holds for a whole space. */
public enum GridPolicy {
    /** Values are the multiples of q inside [low, high]; the end points carry the same mass as the others. */
    EXACT,
    /**
     * Hyperopt's rounding: {@code round(x / q) * q} of a continuous draw, halves to even. A value may lie outside
     * [low, high], and a point at a bound carries the mass of half a cell.
     */
    HYPEROPT
}
