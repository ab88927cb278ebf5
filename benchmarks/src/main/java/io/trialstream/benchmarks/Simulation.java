package io.trialstream.benchmarks;

import io.trialstream.space.Configuration;
import io.trialstream.tpe.Direction;
import io.trialstream.tpe.Evidence;
import io.trialstream.tpe.Observation;
import io.trialstream.tpe.Sampler;
import io.trialstream.tpe.Suggestion;
import io.trialstream.tpe.SuggestionRequest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One study on a virtual clock: so many asynchronous workers, each taking the next suggestion as soon as it is idle.
 * Durations are log-normal with sigma 0.5 and, like the observed training seed, a function of (seed, trial number), so
 * that samplers are compared in pairs. Used once, on one thread.
 */
public final class Simulation {
    private static final double DURATION_SIGMA = 0.5;

    private final Objective objective;
    private final Sampler sampler;
    private final long seed;
    private final Direction direction;
    private final PriorityQueue<Running> running =
            new PriorityQueue<>(Comparator.comparingDouble(Running::end).thenComparingInt(Running::number));
    private final Set<Configuration> seen = new HashSet<>();
    private Evidence evidence = Evidence.empty();
    private Configuration incumbent;
    private double incumbentLoss = Double.POSITIVE_INFINITY;
    private int repeats;
    private boolean exhausted;

    /**
     * How a study ended.
     *
     * @param regret of the best <em>observed</em> configuration's mean; NaN if nothing could be evaluated
     * @param duplicates share of the evaluations whose configuration had been suggested before
     */
    public record Outcome(double regret, double duplicates) {}

    private record Running(double end, int number, Configuration configuration, double observed) {}

    private Simulation(Objective objective, Sampler sampler, long seed) {
        this.objective = objective;
        this.sampler = sampler;
        this.seed = seed;
        this.direction = objective.maximise() ? Direction.MAXIMIZE : Direction.MINIMIZE;
    }

    /** Runs a study to its end. */
    public static Outcome run(Objective objective, Sampler sampler, int evaluations, int workers, long seed) {
        return new Simulation(objective, sampler, seed).run(evaluations, workers);
    }

    private Outcome run(int evaluations, int workers) {
        int started = 0;
        while (started < Math.min(workers, evaluations)) {
            start(started++, 0);
        }
        while (!running.isEmpty()) {
            Running ended = running.remove();
            learn(ended);
            if (started < evaluations && !exhausted) {
                start(started++, ended.end());
            }
        }
        double regret = incumbent == null ? Double.NaN : objective.regret(incumbent);
        return new Outcome(regret, (double) repeats / evaluations);
    }

    private void start(int number, double now) {
        Suggestion suggestion = sampler.suggest(new SuggestionRequest(seed, number, evidence));
        if (!(suggestion instanceof Suggestion.Suggested suggested)) {
            exhausted = true;
            return;
        }
        Configuration configuration = suggested.configuration();
        if (!seen.add(configuration)) {
            repeats++;
        }
        // Mixed so that neighbouring seeds and numbers share nothing.
        SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L ^ number * 0xd1342543de82ef95L);
        double duration = Math.exp(DURATION_SIGMA * random.nextGaussian());
        evidence = evidence.withPending(number, configuration);
        running.add(new Running(now + duration, number, configuration, objective.observe(configuration, random)));
    }

    private void learn(Running ended) {
        if (!Double.isFinite(ended.observed())) {
            evidence = evidence.with(Observation.infeasible(ended.number(), ended.configuration()));
            return;
        }
        double loss = direction.loss(ended.observed());
        evidence = evidence.with(Observation.completed(ended.number(), ended.configuration(), loss));
        if (loss < incumbentLoss) {
            incumbentLoss = loss;
            incumbent = ended.configuration();
        }
    }
}
