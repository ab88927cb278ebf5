package io.trialstream.trainer.heartbeat;

import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The runs of this trainer's slots, for its heartbeats. Thread-safe. */
public final class ActiveRuns {
    private final ConcurrentMap<String, RunStatus> runs = new ConcurrentHashMap<>();
    private volatile Runnable changed = () -> {};

    /** Calls {@code listener} after each beginning and each end. */
    public void onChange(Runnable listener) {
        changed = listener;
    }

    /** Adds the run. */
    public void begun(Run run) {
        at(run, 0);
        changed.run();
    }

    /** Notes how far the run is; the next heartbeat tells it. */
    public void at(Run run, int epoch) {
        runs.put(run.runId(), new RunStatus(run.studyId(), run.number(), run.dispatch(), run.runId(), epoch));
    }

    /** Removes the run. */
    public void ended(Run run) {
        runs.remove(run.runId());
        changed.run();
    }

    /** All runs, ordered by trial. */
    public List<RunStatus> all() {
        return runs.values().stream()
                .sorted((a, b) -> a.trialId().compareTo(b.trialId()))
                .toList();
    }
}
