package io.trialstream.cli.stack;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What a stack is to consist of.
 *
 * @param trainers how many trainers
 * @param without roles that are left out, for whoever runs them by other means
 * @param httpPort the port of the one origin, where it must be a certain one
 * @param engine of the trainers
 * @param slots how many trials each trainer trains at once
 */
public record StackSettings(int trainers, Set<Role> without, OptionalInt httpPort, TrainerEngine engine, int slots) {
    private static final int MAX_TRAINERS = 256;
    private static final int MAX_SLOTS = 64;

    /** Rejects numbers of trainers and slots that no machine carries. */
    public StackSettings {
        requireTrainers(trainers);
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new StackException("slots must be 1 to " + MAX_SLOTS + ", got " + slots);
        }
        without = Set.copyOf(without);
        if (without.contains(Role.BROKER) || without.contains(Role.DATABASE)) {
            throw new StackException("a stack always has its broker and its database");
        }
    }

    static void requireTrainers(int trainers) {
        if (trainers < 0 || trainers > MAX_TRAINERS) {
            throw new StackException("trainers must be 0 to " + MAX_TRAINERS + ", got " + trainers);
        }
    }

    boolean has(Role role) {
        return !without.contains(role);
    }
}
