package io.trialstream.results.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run and the runs it went on from, each with its share of the epochs: a run counts from the epoch after its resume
 * point to the resume point of its successor.
 */
public final class Lineage {
    private final Map<String, Share> shares = new HashMap<>();

    private record Share(int after, int upTo) {}

    private Lineage() {}

    /** The lineage of this run, which may be null for a trial that never ran. */
    public static Lineage of(String runId, List<RunEntity> runs) {
        Map<String, RunEntity> byId = runs.stream().collect(Collectors.toMap(run -> run.runId, Function.identity()));
        Lineage lineage = new Lineage();
        int upTo = Integer.MAX_VALUE;
        RunEntity run = byId.get(runId);
        // A run occurs once, whatever the reports say: a circle of resume points ends here.
        while (run != null && !lineage.shares.containsKey(run.runId)) {
            int after = run.resumedEpoch == null ? 0 : run.resumedEpoch;
            lineage.shares.put(run.runId, new Share(after, upTo));
            upTo = Math.min(upTo, after);
            run = run.resumedRunId == null ? null : byId.get(run.resumedRunId);
        }
        return lineage;
    }

    /** The epochs that belong to the curve. */
    public List<EpochEntity> of(List<EpochEntity> epochs) {
        return epochs.stream()
                .filter(epoch -> includes(epoch.runId, epoch.epoch))
                .toList();
    }

    /** Whether this epoch of this run belongs to the curve. */
    public boolean includes(String runId, int epoch) {
        Share share = shares.get(runId);
        return share != null && epoch > share.after() && epoch <= share.upTo();
    }
}
