package io.trialstream.suggester.pool;

import io.trialstream.contracts.StudyState;
import io.trialstream.suggester.state.StudyHistory;
import java.util.Collection;

/**
 * How many trainers a pool could use, independent of how many there are and of its queue, so that scaling from zero
 * works.
 */
public final class Demand {
    private final int ceiling;

    /** @param ceiling trials at once that a study without a bound of its own may ask for, and trainers of a pool */
    public Demand(int ceiling) {
        this.ceiling = ceiling;
    }

    /**
     * Trainers wanted: ceil(sum over running studies of min(concurrency, budget left including what runs) / slots per
     * trainer), plus what still runs in other studies and all retrains, at most the ceiling.
     */
    public int wanted(String pool, Collection<StudyHistory> studies, int slotsPerTrainer) {
        long slots = studies.stream()
                .filter(study -> study.spec().pool().equals(pool))
                .mapToLong(this::slots)
                .sum();
        return (int) Math.min(ceiling, (slots + slotsPerTrainer - 1) / slotsPerTrainer);
    }

    private long slots(StudyHistory study) {
        long retrains = study.openRetrains().stream()
                .filter(trial -> trial.isWaiting() || trial.isInFlight())
                .count();
        return retrains + searching(study);
    }

    private long searching(StudyHistory study) {
        if (study.record().state() != StudyState.RUNNING) {
            return study.searching();
        }
        long waiting = study.open().stream()
                .filter(trial -> trial.isWaiting() && !trial.isRetrain())
                .count();
        long useful = Math.min((long) study.budgetLeft() + study.searching() + waiting, Integer.MAX_VALUE);
        return Math.min(study.spec().concurrency().orElse(ceiling), useful);
    }
}
