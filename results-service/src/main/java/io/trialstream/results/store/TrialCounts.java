package io.trialstream.results.store;

import io.trialstream.contracts.TrialState;
import jakarta.persistence.Embeddable;

/** A study's trials by state. Changed by the ingest transaction alone, which holds the study's row. */
@Embeddable
public class TrialCounts {
    public int queued;
    public int running;
    public int completed;
    public int pruned;
    public int infeasible;
    public int failed;
    public int cancelled;

    /** How many of those that ended were imported with their results. */
    public int imported;

    /** How many trials have ended in a way that uses up budget: imported ones never do. */
    public int counted() {
        return completed + pruned + infeasible + failed - imported;
    }

    /** How many trials are in this state. */
    public int of(TrialState state) {
        return switch (state) {
            case QUEUED -> queued;
            case RUNNING -> running;
            case COMPLETED -> completed;
            case PRUNED -> pruned;
            case INFEASIBLE -> infeasible;
            case FAILED -> failed;
            case CANCELLED -> cancelled;
        };
    }

    /** Counts a trial in. */
    void add(TrialState state) {
        change(state, 1);
    }

    /** Counts a trial that ended and was imported. */
    void addImported() {
        imported++;
    }

    /** Counts a trial's change of state. */
    void move(TrialState from, TrialState to) {
        change(from, -1);
        change(to, 1);
    }

    private void change(TrialState state, int by) {
        switch (state) {
            case QUEUED -> queued += by;
            case RUNNING -> running += by;
            case COMPLETED -> completed += by;
            case PRUNED -> pruned += by;
            case INFEASIBLE -> infeasible += by;
            case FAILED -> failed += by;
            case CANCELLED -> cancelled += by;
        }
    }
}
