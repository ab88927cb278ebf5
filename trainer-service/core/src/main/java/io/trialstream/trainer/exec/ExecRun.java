package io.trialstream.trainer.exec;

import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.contracts.study.ExecTraining;
import io.trialstream.contracts.study.ProgramDefinition;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import io.trialstream.trainer.workload.CheckpointWish;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.RunContext;
import io.trialstream.trainer.workload.RunFailedException;
import io.trialstream.trainer.workload.StopReason;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.WorkloadRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a program. The program is started when its first epoch is asked for, and watched on the thread that asks:
 * nothing happens between two calls but what the program does by itself.
 */
final class ExecRun implements WorkloadRun {
    private static final Logger LOG = LoggerFactory.getLogger(ExecRun.class);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration SHORT_LOOK = Duration.ofMillis(2);
    /** A quick program is looked at more often. */
    private static final long SHORT_LOOKS = 100;

    private final ProgramDefinition program;
    private final TrialRequest request;
    private final ExecTraining training;
    private final ExecSettings settings;
    private RunContext context;
    private OptionalInt resumedAfter = OptionalInt.empty();
    private int trained;
    private long epochBegan = System.nanoTime();
    private RunDirectory directory;
    private ProgramWatch watch;

    ExecRun(ProgramDefinition program, TrialRequest request, ExecSettings settings) {
        this.program = program;
        this.request = request;
        this.training = (ExecTraining) request.training();
        this.settings = settings;
    }

    @Override
    public Optional<NetworkBlueprint> blueprint() {
        return Optional.empty();
    }

    @Override
    public int totalEpochs() {
        return training.epochs();
    }

    @Override
    public void begin(RunContext newContext) {
        context = newContext;
        directory = RunDirectory.create(settings.directory(), newContext.runId());
    }

    @Override
    public boolean hasEpoch(int epoch) {
        if (epoch > totalEpochs()) {
            return false;
        }
        await(watch -> watch.epochs().hasNext() || watch.isOver());
        return watch.epochs().hasNext();
    }

    @Override
    public EpochMetrics trainEpoch(int epoch) {
        if (!hasEpoch(epoch)) {
            throw new IllegalStateException("the program reported no epoch " + epoch);
        }
        Map<String, Double> metrics = finite(watch.epochs().next());
        trained = epoch;
        long now = System.nanoTime();
        Duration duration = Duration.ofNanos(now - epochBegan);
        epochBegan = now;
        return new EpochMetrics(epoch, metrics, duration);
    }

    /** Of the metrics only the objective has to be a number: without it the trial is infeasible. */
    private Map<String, Double> finite(Map<String, Double> metrics) {
        Map<String, Double> finite = new LinkedHashMap<>();
        metrics.forEach((name, value) -> {
            if (Double.isFinite(value) || name.equals(context.objective().metric())) {
                finite.put(name, value);
            }
        });
        return finite;
    }

    /** What the program says at its end, which is waited for. */
    @Override
    public Map<String, Double> finalMetrics() {
        await(ProgramWatch::isOver);
        Map<String, Double> metrics = new LinkedHashMap<>(watch.epochs().closing());
        metrics.values().removeIf(value -> !Double.isFinite(value));
        return metrics;
    }

    @Override
    public CheckpointWish checkpointWish() {
        return watch != null && watch.checkpoint().isPresent() ? CheckpointWish.NOW : CheckpointWish.NONE;
    }

    @Override
    public void save(StateSink state) {
        CheckpointFiles.save(directory.snapshot(), watch.checkpoint().orElseThrow(), state);
        watch.checkpointSaved();
    }

    @Override
    public void restore(int epoch, StateSource state) {
        resumedAfter = OptionalInt.of(CheckpointFiles.restore(state, directory.resume()));
        trained = epoch;
    }

    @Override
    public void stop(StopReason reason) {
        if (watch != null) {
            watch.stop(reason, settings.grace());
        }
    }

    /** Ends the program and all that it has started. */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (directory != null) {
            directory.close();
        }
    }

    /** What is waited for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds(ProgramWatch watch);
    }

    private void await(Condition condition) {
        try {
            start();
            watch.goOn(trained);
            for (long looks = 0; ; looks++) {
                watch.look();
                if (condition.holds(watch)) {
                    return;
                }
                watch.throwIfFailed();
                watch.pause(looks < SHORT_LOOKS ? SHORT_LOOK : LOOK);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot be watched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while the program ran");
        }
    }

    private void start() throws IOException {
        if (watch != null) {
            return;
        }
        ProgramEnvironment environment = ProgramEnvironment.of(program.start());
        environment.missing().ifPresent(what -> {
            throw new RunFailedException(
                    ReasonCode.PROGRAM_NOT_FOUND.name(),
                    "the program " + training.program() + " cannot be started: " + what);
        });
        Map<String, String> variables = new LinkedHashMap<>(environment.variables());
        variables.putAll(TrialFile.write(directory, request, context, resumedAfter));
        LOG.debug("starting {} trialId={} runId={}", training.program(), request.trialId(), context.runId());
        epochBegan = System.nanoTime();
        watch = ProgramWatch.start(
                new ProgramWatch.Plan(program, training, context, directory, settings),
                request.configuration(),
                variables,
                new ReportedEpochs(training.epochs(), trained, resumedAfter.orElse(0)));
    }
}
