package io.trialstream.suggester.state;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.TrialState;
import java.util.Optional;

/**
 * The trials of a study's search that ended FAILED one after the other: the infrastructure's fault, or the training's,
 * never the configuration's. While no trial was trained to an end, repeated ones show that the study cannot succeed.
 *
 * @param last why the last one failed, until something else ended
 * @param inARow how many have failed with its code without anything else in between
 * @param trained whether any trial was COMPLETED or PRUNED
 */
record Failures(Optional<Reason> last, int inARow, boolean trained) {
    /** How many in a row end a study. */
    static final int LIMIT = 3;

    static final Failures NONE = new Failures(Optional.empty(), 0, false);

    /** One more trial has ended. Those that were CANCELLED show nothing. */
    Failures with(TrialState state, Optional<Reason> reason) {
        return switch (state) {
            case COMPLETED, PRUNED -> new Failures(Optional.empty(), 0, true);
            case INFEASIBLE -> new Failures(Optional.empty(), 0, trained);
            case FAILED -> new Failures(reason, isSameAsLast(reason) ? inARow + 1 : 1, trained);
            default -> this;
        };
    }

    /** Earlier failures no longer count. */
    Failures reset() {
        return new Failures(Optional.empty(), 0, trained);
    }

    /** Why the study should end, if it should. */
    Optional<Reason> repeated() {
        return last.filter(reason -> !trained && inARow >= LIMIT)
                .map(reason -> new Reason(
                        reason.code(),
                        "the last " + inARow + " trials FAILED with " + reason.code()
                                + " and none was trained to an end; the last one: " + reason.text()));
    }

    private boolean isSameAsLast(Optional<Reason> reason) {
        return last.map(Reason::code).equals(reason.map(Reason::code));
    }
}
