package io.trialstream.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One process of the stack as written down in its state.
 *
 * @param name unique in the stack, {@code trainer-2}
 * @param identity which process it is; {@link ProcessIdentity#NONE} before it was started for the first time, and
 *     while it is being started
 * @param address where it is reached, for people; empty where there is nothing to reach, or not yet
 * @param leaving whether it was told to end, so that its end surprises nobody
 * @param restarts what is known of its unexpected ends
 */
public record StackProcess(
        String name, Role role, ProcessIdentity identity, String address, boolean leaving, Restarts restarts) {

    /** Files of earlier versions know of no restarts. */
    public StackProcess {
        restarts = restarts == null ? Restarts.NONE : restarts;
    }

    /** A process that is to be started. */
    static StackProcess wanted(String name, Role role) {
        return new StackProcess(name, role, ProcessIdentity.NONE, "", false, Restarts.NONE);
    }

    /** Whether the process lives. */
    @JsonIgnore
    public boolean isAlive() {
        return identity.isAlive();
    }

    /** Whether it belongs to what the services stand on. */
    @JsonIgnore
    public boolean isInfrastructure() {
        return role == Role.BROKER || role == Role.DATABASE;
    }

    /** This process once it was told to end. */
    public StackProcess told() {
        return new StackProcess(name, role, identity, address, true, restarts);
    }

    /** This process while it is being started, to be reached there. */
    StackProcess starting(String at) {
        return new StackProcess(name, role, ProcessIdentity.NONE, at, false, restarts.begun());
    }

    /** This process as which the system has started it. */
    StackProcess startedAs(ProcessIdentity started) {
        return new StackProcess(name, role, started, address, leaving, restarts);
    }

    /** This process with another history. */
    StackProcess with(Restarts changed) {
        return new StackProcess(name, role, identity, address, leaving, changed);
    }
}
