package io.trialstream.contracts;

/**
 * Why something ended as it did.
 *
 * <p>Our own code makes reasons with {@link #of}. The constructor is for codes that come from outside and stay as they
 * are: those of other releases and of users' own trainings.
 *
 * @param code a stable upper-case name that logs, events and REST errors share, such as {@code NON_FINITE_LOSS}; those
 *     of this release are {@link ReasonCode}
 * @param text one sentence for people
 */
public record Reason(String code, String text) {

    /** Refuses a blank code or text. */
    public Reason {
        Require.text("reason.code", code);
        Require.text("reason.text", text);
    }

    /** A reason with one of this release's codes. */
    public static Reason of(ReasonCode code, String text) {
        return new Reason(code.name(), text);
    }

    /** Whether it has this code. */
    public boolean is(ReasonCode expected) {
        return code.equals(expected.name());
    }
}
