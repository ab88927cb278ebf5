package io.trialstream.suggester.pool;

import io.trialstream.contracts.Capability;
import java.util.List;

/**
 * What the suggester knows of a pool's trainers.
 *
 * @param pool the pool
 * @param isSettled whether the suggester has been in charge for long enough to have heard of every trainer
 * @param ready how many trainers take trials
 * @param told what each of them can run, of those that have said so; trainers of an older release never do
 */
public record PoolKnowledge(String pool, boolean isSettled, int ready, List<List<Capability>> told) {

    /** Copies the capabilities. */
    public PoolKnowledge {
        told = List.copyOf(told);
    }

    /** Nothing: no trainer has been heard of, and none is awaited. */
    public static PoolKnowledge none(String pool) {
        return new PoolKnowledge(pool, false, 0, List.of());
    }

    /** Whether there are trainers, and every one has said what it can run: what none of them named cannot be run. */
    boolean isComplete() {
        return isSettled && ready > 0 && told.size() == ready;
    }

    /** Whether the pool has no trainer at the moment. */
    boolean isEmpty() {
        return isSettled && ready == 0;
    }

    /** What trainers said of this workload. */
    List<Capability> of(String workload) {
        return told.stream()
                .flatMap(List::stream)
                .filter(capability -> capability.workload().equals(workload))
                .toList();
    }

    /** The workloads that trainers named. */
    List<String> workloads() {
        return told.stream()
                .flatMap(List::stream)
                .map(Capability::workload)
                .distinct()
                .sorted()
                .toList();
    }
}
