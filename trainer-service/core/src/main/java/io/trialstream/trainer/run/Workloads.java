package io.trialstream.trainer.run;

import io.trialstream.contracts.Capability;
import io.trialstream.trainer.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The workloads that this trainer can run: its allow-list. */
public final class Workloads {
    private final Map<String, Workload> byName = new TreeMap<>();

    /**
     * Allows these workloads.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public Workloads(Iterable<? extends Workload> workloads) {
        for (Workload workload : workloads) {
            if (byName.put(workload.name(), workload) != null) {
                throw new IllegalArgumentException("two workloads are named '" + workload.name() + "'");
            }
        }
    }

    /** What studies may ask of them. */
    public List<Capability> capabilities() {
        return byName.values().stream().map(Workload::capability).toList();
    }

    /**
     * The workload of this name.
     *
     * @throws IllegalArgumentException if this trainer has none
     */
    public Workload named(String name) {
        Workload workload = byName.get(name);
        if (workload == null) {
            throw new IllegalArgumentException(
                    "this trainer knows no workload '" + name + "', only " + byName.keySet());
        }
        return workload;
    }
}
