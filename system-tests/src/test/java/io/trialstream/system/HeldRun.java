package io.trialstream.system;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.WorkloadRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A run whose epochs take their time until a file is there, and hardly any from then on. */
record HeldRun(WorkloadRun quick, Duration epochDuration, Path release) implements WorkloadRun {
    private static final long STEP_NANOS = 200_000_000;

    @Override
    public EpochMetrics trainEpoch(int epoch) {
        long end = System.nanoTime() + epochDuration.toNanos();
        while (System.nanoTime() < end
                && !Files.exists(release)
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(STEP_NANOS);
        }
        return quick.trainEpoch(epoch);
    }

    @Override
    public Optional<NetworkBlueprint> blueprint() {
        return quick.blueprint();
    }

    @Override
    public int totalEpochs() {
        return quick.totalEpochs();
    }

    @Override
    public Map<String, Double> finalMetrics() {
        return quick.finalMetrics();
    }

    @Override
    public void save(StateSink state) {
        quick.save(state);
    }

    @Override
    public void restore(int epoch, StateSource state) {
        quick.restore(epoch, state);
    }

    @Override
    public void close() {
        quick.close();
    }
}
