package io.trialstream.suggester.pool;

import io.trialstream.contracts.Capability;
import java.util.List;

/**
 * What the suggester knows of a pool's trainers.
 *
 * @param pool the pool
 * @param isSettled whether the suggester has been in charge for long enough to know every trainer
 * @param ready how many trainers take trials
 * @param capabilities what each of them can run, of those that send it; trainers of an older release never do
 */
public record PoolKnowledge(String pool, boolean isSettled, int ready, List<List<Capability>> capabilities) {

    /** Copies the capabilities. */
    public PoolKnowledge {
        capabilities = List.copyOf(capabilities);
    }

    /** Nothing is known yet. */
    public static PoolKnowledge none(String pool) {
        return new PoolKnowledge(pool, false, 0, List.of());
    }

    /** Whether there are trainers, and all of them send their capabilities: what none of them names cannot be run. */
    boolean isComplete() {
        return isSettled && ready > 0 && capabilities.size() == ready;
    }

    /** Whether the pool has no trainer at the moment. */
    boolean isEmpty() {
        return isSettled && ready == 0;
    }

    /** The capabilities of trainers for this workload. */
    List<Capability> of(String workload) {
        return capabilities.stream()
                .flatMap(List::stream)
                .filter(capability -> capability.workload().equals(workload))
                .toList();
    }

    /** The workloads that trainers named. */
    List<String> workloads() {
        return capabilities.stream()
                .flatMap(List::stream)
                .map(Capability::workload)
                .distinct()
                .sorted()
                .toList();
    }
}
