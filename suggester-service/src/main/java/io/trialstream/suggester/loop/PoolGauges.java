package io.trialstream.suggester.loop;

import io.trialstream.suggester.SuggesterMeters;
import io.trialstream.suggester.SuggesterSettings;
import io.trialstream.suggester.pool.Trainers;
import io.trialstream.suggester.queue.QueueWatch;
import io.trialstream.suggester.study.OpenTrial;
import io.trialstream.suggester.study.Phase;
import io.trialstream.suggester.study.StudyHistory;
import java.util.Collection;
import java.util.List;

/** Shows, once a tick, how each pool stands. */
record PoolGauges(SuggesterSettings settings, SuggesterMeters meters) {

    void show(Collection<StudyHistory> studies, Trainers trainers, QueueWatch queues) {
        for (String pool : settings.pools()) {
            List<OpenTrial> open = studies.stream()
                    .filter(study -> study.spec().pool().equals(pool))
                    .flatMap(study -> study.open().stream())
                    .toList();
            for (Phase phase : Phase.values()) {
                meters.open(pool, phase.name(), (int)
                        open.stream().filter(trial -> trial.phase() == phase).count());
            }
            meters.gauge("queue.age.seconds", pool, age(open, trainers.now()));
            meters.gauge("slots", pool, trainers.capacity(pool));
            queues.of(pool)
                    .flatMap(QueueWatch.QueueState::records)
                    .ifPresent(records -> meters.gauge("queue.records", pool, records));
        }
    }

    /** For how long the trial that was queued first has waited for a run. */
    private double age(List<OpenTrial> open, long now) {
        return open.stream()
                        .filter(OpenTrial::isQueued)
                        .mapToLong(trial -> now - trial.since())
                        .max()
                        .orElse(0)
                * settings.tick().toMillis()
                / 1e3;
    }
}
