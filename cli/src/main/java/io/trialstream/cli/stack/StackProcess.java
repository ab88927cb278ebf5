package io.trialstream.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One process of the stack as written down in its state.
 *
 * @param name unique in the stack, {@code trainer-2}
 * @param identity which process it is
 * @param address where it is reached, for people; empty where there is nothing to reach
 * @param leaving whether it was told to end, so that its end surprises nobody
 */
public record StackProcess(String name, Role role, ProcessIdentity identity, String address, boolean leaving) {

    /** Whether the process lives. */
    @JsonIgnore
    public boolean isAlive() {
        return identity.isAlive();
    }

    /** This process once it was told to end. */
    public StackProcess told() {
        return new StackProcess(name, role, identity, address, true);
    }
}
