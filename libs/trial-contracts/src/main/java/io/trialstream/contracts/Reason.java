package io.trialstream.contracts;

/**
 * Why something ended as it did.
 *
 * @param code a stable upper-case name that logs, events and REST errors share, such as {@code NON_FINITE_LOSS}
 * @param text one sentence for people
 */
public record Reason(String code, String text) {

    /** Refuses a blank code or text. */
    public Reason {
        Require.text("reason.code", code);
        Require.text("reason.text", text);
    }
}
