package io.trialstream.benchmarks;

import io.trialstream.tpe.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All contenders on one objective, with the same seeds.
 *
 * @param evaluations of one study
 * @param seeds how many studies per contender and number of workers
 * @param threads how many studies run at once
 */
public record Tournament(Objective objective, int evaluations, int seeds, int threads) {
    public Tournament {
        if (evaluations < 1 || seeds < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "evaluations, seeds and threads must be positive: " + evaluations + ", " + seeds + ", " + threads);
        }
    }

    /** Plays one contender with one number of workers. */
    public Sample play(Contender contender, int workers) {
        Sampler sampler = contender.sampler(objective.space(), evaluations);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Simulation.Outcome>> studies = new ArrayList<>();
            for (int seed = 0; seed < seeds; seed++) {
                long studySeed = seed;
                studies.add(executor.submit(() -> Simulation.run(objective, sampler, evaluations, workers, studySeed)));
            }
            List<Simulation.Outcome> outcomes = new ArrayList<>();
            for (Future<Simulation.Outcome> study : studies) {
                outcomes.add(study.get());
            }
            return new Sample(contender.name(), workers, outcomes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(contender.name() + " failed on " + objective.name(), e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }
}
