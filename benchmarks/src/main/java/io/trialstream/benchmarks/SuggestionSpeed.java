package io.trialstream.benchmarks;

import io.trialstream.tpe.Evidence;
import io.trialstream.tpe.Observation;
import io.trialstream.tpe.Sampler;
import io.trialstream.tpe.Suggestion;
import io.trialstream.tpe.SuggestionRequest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of one suggestion on a space like the seed's (19 keys, 22 parameters), one thread, in the steady state of a
 * study: each suggestion is followed by its observation, so nothing can be kept from the one before that a study could
 * not keep. After a few of them the history goes back to its first length, outside what is measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class SuggestionSpeed {
    private static final int SUGGESTIONS = 20;

    /** The sampler's type. */
    @Param({"tree-tpe", "hyperopt", "optuna4", "optuna5"})
    public String sampler;

    /** Finished trials. */
    @Param({"100", "1000", "10000"})
    public int trials;

    private final Objective objective = Functions.named("convnet");
    private Evidence initial;
    private Evidence evidence;
    private Sampler model;
    private int number;

    /** Builds the history. */
    @Setup
    public void buildHistory() {
        initial = History.random(objective, trials);
        model = Contender.parse(sampler).sampler(objective.space(), 0);
    }

    /**
     * Goes back to the history's first length. The first observation after that makes a copy of the history, which the
     * next suggestion reads as a whole, as a service does once when it takes over a study.
     */
    @Setup(Level.Invocation)
    public void rewind() {
        evidence = initial;
        number = trials;
        suggestOne();
        suggestOne();
    }

    /** Suggestions, each with its observation. */
    @Benchmark
    @OperationsPerInvocation(SUGGESTIONS)
    public Evidence suggest() {
        for (int i = 0; i < SUGGESTIONS; i++) {
            suggestOne();
        }
        return evidence;
    }

    private void suggestOne() {
        Suggestion suggestion = model.suggest(new SuggestionRequest(1, number, evidence));
        if (suggestion instanceof Suggestion.Suggested suggested) {
            double loss = objective.observe(suggested.configuration(), null);
            evidence = evidence.with(Observation.completed(number++, suggested.configuration(), loss));
        }
    }
}
