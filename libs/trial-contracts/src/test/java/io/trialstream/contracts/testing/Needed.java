package io.trialstream.contracts.testing;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of its machine beside a JDK. Where it is missing the test is skipped and says so; with
 * {@code TRIALSTREAM_STRICT=1} in the environment, as in CI, it fails.
 */
public final class Needed {

    private Needed() {}

    /** Goes on only if it is there; {@code remedy} says what to install. */
    public static void isThere(boolean there, String remedy) {
        if (there) {
            return;
        }
        if ("1".equals(System.getenv("TRIALSTREAM_STRICT"))) {
            fail(remedy);
        }
        System.err.println("SKIPPED: " + remedy);
        Assumptions.abort(remedy);
    }

    /** Goes on only if this command runs and succeeds; {@code remedy} says what to install. */
    public static void succeeds(String remedy, String... command) throws InterruptedException {
        isThere(hasSucceeded(command), remedy);
    }

    private static boolean hasSucceeded(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
