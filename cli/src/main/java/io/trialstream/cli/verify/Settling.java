package io.trialstream.cli.verify;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what is lost from what is on its way: a difference counts only if it was there at every look. A study that runs has
 * new ones each time, and none of them stays. Not thread-safe.
 */
final class Settling {
    private Optional<Set<Difference>> lasting = Optional.empty();

    /** Another look. */
    void look(List<Difference> differences) {
        Set<Difference> now = new LinkedHashSet<>(differences);
        lasting.ifPresent(now::retainAll);
        lasting = Optional.of(now);
    }

    /** Whether nothing that differed at the first look still does. */
    boolean isSettled() {
        return lasting.filter(Set::isEmpty).isPresent();
    }

    /** What differed at every look so far. */
    List<Difference> lasting() {
        return lasting.map(List::copyOf).orElse(List.of());
    }
}
