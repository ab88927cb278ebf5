package io.trialstream.space;

import java.util.Objects;

/**
 * One thing that is wrong with what a user wrote.
 *
 * @param path where, from the root's name on, such as {@code space.residual.choice[1].quniform[2]}
 * @param code what kind, in capitals, stable for programs: {@code LOW_NOT_BELOW_HIGH}
 * @param message the same for people, with the offending value
 */
public record Problem(String path, String code, String message) {
    public Problem {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return path + ": " + message + " [" + code + "]";
    }
}
