package io.trialstream.system;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of its machine beside a JDK. Where it is missing the test is skipped and says so; with
 * {@code TRIALSTREAM_STRICT=1} in the environment, as in CI, it fails.
 */
public final class Needed {

    private Needed() {}

    /** Goes on only if there is such a thing; {@code cure} says what to install. */
    public static void isThere(boolean there, String cure) {
        if (there) {
            return;
        }
        if ("1".equals(System.getenv("TRIALSTREAM_STRICT"))) {
            fail(cure);
        }
        System.err.println("SKIPPED: " + cure);
        Assumptions.abort(cure);
    }
}
