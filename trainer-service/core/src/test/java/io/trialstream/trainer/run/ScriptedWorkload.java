package io.trialstream.trainer.run;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import io.trialstream.trainer.workload.ArtifactSink;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.Workload;
import io.trialstream.trainer.workload.WorkloadRun;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** A workload under the name of sleep whose epochs do what a test says. */
final class ScriptedWorkload implements Workload {
    private final int epochs;
    private final IntFunction<Map<String, Double>> script;
    volatile boolean closed;
    volatile int restoredAfter;

    /** {@code script} gives the metrics of each epoch, counted from 1, or throws. */
    ScriptedWorkload(int epochs, IntFunction<Map<String, Double>> script) {
        this.epochs = epochs;
        this.script = script;
    }

    @Override
    public String name() {
        return "sleep";
    }

    @Override
    public WorkloadRun start(TrialRequest request) {
        return new WorkloadRun() {
            @Override
            public Optional<NetworkBlueprint> blueprint() {
                return Optional.empty();
            }

            @Override
            public int totalEpochs() {
                return epochs;
            }

            @Override
            public EpochMetrics trainEpoch(int epoch) {
                return new EpochMetrics(epoch, script.apply(epoch), Duration.ofMillis(1));
            }

            @Override
            public Map<String, Double> finalMetrics() {
                return Map.of("test_objective", 0.25);
            }

            @Override
            public void save(StateSink state) {
                state.put("secret", new float[] {42});
            }

            @Override
            public void restore(int epoch, StateSource state) {
                if (state.floats("secret")[0] != 42) {
                    throw new IllegalArgumentException("not my state");
                }
                restoredAfter = epoch;
            }

            @Override
            public void leave(ArtifactSink sink) {
                sink.put("secret.txt", out -> out.write(42));
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }
}
