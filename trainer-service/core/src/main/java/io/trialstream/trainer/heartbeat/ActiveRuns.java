package io.trialstream.trainer.heartbeat;

import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrialId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** The runs of this trainer's slots, for its heartbeats. Thread-safe. */
public final class ActiveRuns {
    private final ConcurrentMap<String, RunStatus> runs = new ConcurrentHashMap<>();
    private volatile Supplier<CompletableFuture<Void>> changed = () -> CompletableFuture.completedFuture(null);

    /** Calls {@code listener} after each start and end of a run; its future completes when the broker knows. */
    public void onChange(Supplier<CompletableFuture<Void>> listener) {
        changed = listener;
    }

    /** Adds the run; the future completes when the broker has a heartbeat that names it. */
    public CompletableFuture<Void> begun(Run run) {
        at(run, 0);
        return changed.get();
    }

    /** Notes how far the run is; the next heartbeat tells it. */
    public void at(Run run, int epoch) {
        runs.put(run.runId(), new RunStatus(run.studyId(), run.number(), run.dispatch(), run.runId(), epoch));
    }

    /** Removes the run; the future completes when the broker has a heartbeat that no longer names it. */
    public CompletableFuture<Void> ended(Run run) {
        runs.remove(run.runId());
        return changed.get();
    }

    /** Whether one of this trainer's slots trains the trial. */
    public boolean trains(TrialId trial) {
        return runs.values().stream().anyMatch(run -> run.trialId().equals(trial));
    }

    /** All runs, ordered by trial. */
    public List<RunStatus> all() {
        return runs.values().stream()
                .sorted((a, b) -> a.trialId().compareTo(b.trialId()))
                .toList();
    }
}
