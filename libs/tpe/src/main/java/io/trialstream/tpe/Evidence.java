package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.SearchSpace;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * All that a sampler may know of a study: finished observations in evidence order, and pending trials in the order they
 * were proposed. Immutable and thread-safe.
 *
 * <p>Appending an observation to the newest version is O(pending) and shares everything else: versions are prefixes of
 * one log. Appending to an older version copies.
 */
public final class Evidence {
    private final Log log;
    private final int size;
    private final Map<Integer, Pending> pending;
    /** The space of all configurations; null while there is none. */
    private final SearchSpace space;

    /** Grows only; versions see a prefix of it. Guarded by itself. */
    private static final class Log {
        private final List<Observation> observations = new ArrayList<>();
        /** For each configuration, the place of its first observation. */
        private final Map<Configuration, Integer> firstPlace = new HashMap<>();

        synchronized boolean append(int expectedSize, Observation observation) {
            if (observations.size() != expectedSize) {
                return false;
            }
            firstPlace.putIfAbsent(observation.configuration(), expectedSize);
            observations.add(observation);
            return true;
        }

        synchronized Observation get(int index) {
            return observations.get(index);
        }

        synchronized List<Observation> prefix(int size) {
            return List.copyOf(observations.subList(0, size));
        }

        synchronized boolean contains(Configuration configuration, int size) {
            Integer place = firstPlace.get(configuration);
            return place != null && place < size;
        }
    }

    private Evidence(Log log, int size, Map<Integer, Pending> pending, SearchSpace space) {
        this.log = log;
        this.size = size;
        this.pending = pending;
        this.space = space;
    }

    /** Of a study that has just begun. */
    public static Evidence empty() {
        return new Evidence(new Log(), 0, Map.of(), null);
    }

    /** Fails if the evidence is of another space. */
    void requireSpace(SearchSpace space) {
        if (this.space != null && this.space != space && !this.space.equals(space)) {
            throw new IllegalArgumentException("the evidence is of another search space");
        }
    }

    /** With one more observation, which ends the pending trial of that number. */
    public Evidence with(Observation observation) {
        requireSpace(observation.configuration().space());
        Map<Integer, Pending> left = without(observation.trialNumber());
        Log target = log;
        if (!target.append(size, observation)) {
            target = new Log();
            int place = 0;
            for (Observation earlier : log.prefix(size)) {
                target.append(place++, earlier);
            }
            target.append(size, observation);
        }
        return new Evidence(target, size + 1, left, observation.configuration().space());
    }

    /** With one more pending trial; replaces one of the same number. */
    public Evidence withPending(int trialNumber, Configuration configuration) {
        requireSpace(configuration.space());
        Map<Integer, Pending> more = new LinkedHashMap<>(pending);
        more.put(trialNumber, new Pending(trialNumber, configuration));
        return new Evidence(log, size, more, configuration.space());
    }

    /** Without the pending trial of that number: it ended without being evidence. */
    public Evidence withoutPending(int trialNumber) {
        return pending.containsKey(trialNumber) ? new Evidence(log, size, without(trialNumber), space) : this;
    }

    private Map<Integer, Pending> without(int trialNumber) {
        if (!pending.containsKey(trialNumber)) {
            return pending;
        }
        Map<Integer, Pending> fewer = new LinkedHashMap<>(pending);
        fewer.remove(trialNumber);
        return fewer;
    }

    /** Whether the observations of an earlier version are a prefix of these, as far as is known at no cost. */
    boolean continues(Evidence earlier) {
        return log == earlier.log && size >= earlier.size;
    }

    /** The number of finished observations. */
    public int size() {
        return size;
    }

    /** The finished observations in evidence order; a view. */
    public List<Observation> observations() {
        return new Prefix(log, size);
    }

    /** The pending trials in the order they were added. */
    public List<Pending> pending() {
        return List.copyOf(pending.values());
    }

    /** Whether the configuration has an observation or is pending. */
    public boolean contains(Configuration configuration) {
        return log.contains(configuration, size)
                || pending.values().stream().anyMatch(p -> p.configuration().equals(configuration));
    }

    private static final class Prefix extends AbstractList<Observation> implements RandomAccess {
        private final Log log;
        private final int size;

        private Prefix(Log log, int size) {
            this.log = log;
            this.size = size;
        }

        @Override
        public Observation get(int index) {
            if (index < 0 || index >= size) {
                throw new IndexOutOfBoundsException("index " + index + " of " + size);
            }
            return log.get(index);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
