package io.trialstream.trainer.exec;

import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.study.ExecTraining;
import io.trialstream.contracts.study.ProgramDefinition;
import io.trialstream.trainer.workload.InfeasibleException;
import io.trialstream.trainer.workload.RunContext;
import io.trialstream.trainer.workload.RunFailedException;
import io.trialstream.trainer.workload.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs, and what it has told so far: by its reports, or else by what it prints and writes. Everything is
 * done on the thread that looks.
 */
final class ProgramWatch implements AutoCloseable {
    /** The program went on for longer than the study allows. */
    static final String TIMEOUT = ReasonCode.TIMEOUT.name();
    /** The program itself said that the configuration cannot be trained. */
    static final String REPORTED_INFEASIBLE = ReasonCode.REPORTED_INFEASIBLE.name();

    private static final Logger LOG = LoggerFactory.getLogger(ProgramWatch.class);
    private static final Duration LOG_PERIOD = Duration.ofSeconds(2);
    private static final Duration LIMITS_PERIOD = Duration.ofMillis(500);
    private static final Duration STOP_LOOK = Duration.ofMillis(10);

    private final Plan plan;
    private final ProgramProcess process;
    private final ReportFile reports;
    private final Answers answers;
    private final ProgramOutput output;
    private final MetricReading metrics;
    private final ReportedEpochs epochs;
    private final Map<String, Long> artifacts = new HashMap<>();
    private final long begun = System.nanoTime();
    private boolean speaks;
    private boolean told;
    private boolean over;
    private int answered;
    private OptionalInt checkpoint = OptionalInt.empty();
    private RuntimeException failure;
    private long logStored = System.nanoTime();
    private long limitsChecked = System.nanoTime();

    /** What is run, for whom, where and within which bounds. */
    record Plan(
            ProgramDefinition program,
            ExecTraining training,
            RunContext context,
            RunDirectory directory,
            ExecSettings settings) {}

    private ProgramWatch(Plan plan, ProgramProcess process, MetricReading metrics, ReportedEpochs epochs) {
        this.plan = plan;
        this.process = process;
        this.metrics = metrics;
        this.epochs = epochs;
        RunDirectory run = plan.directory();
        this.reports = new ReportFile(new FollowedFile(run.reports()));
        this.answers = new Answers(run.answers());
        this.output = new ProgramOutput(run.output());
        this.answered = epochs.reported();
    }

    /** Starts the program with this configuration and these variables. */
    static ProgramWatch start(
            Plan plan, Map<String, Object> configuration, Map<String, String> variables, ReportedEpochs epochs)
            throws IOException {
        ProgramDefinition program = plan.program();
        RunDirectory run = plan.directory();
        EpochCollector collector = new EpochCollector(
                plan.context().objective().metric(),
                plan.training().epochs() == 1,
                found -> epochs.add(OptionalInt.empty(), found));
        MetricReading metrics =
                MetricReading.of(program.metrics(), program.start().directory(), run.root(), collector);
        PassedConfiguration passed = PassedConfiguration.of(configuration, program.pass());
        List<String> command = new ArrayList<>();
        program.start()
                .command()
                .forEach(word -> command.add(word.replace("{run}", run.root().toString())));
        command.addAll(passed.words());
        variables.putAll(passed.variables());
        ProgramProcess process = ProgramProcess.start(command, program.start().directory(), variables, run.output());
        return new ProgramWatch(plan, process, metrics, epochs);
    }

    /** What it has reported. */
    ReportedEpochs epochs() {
        return epochs;
    }

    /** Whether it has ended well and everything of it is read. */
    boolean isOver() {
        return over && failure == null;
    }

    /** After which epoch there is a state that is not saved. */
    OptionalInt checkpoint() {
        return checkpoint;
    }

    /** That state is saved. */
    void checkpointSaved() {
        checkpoint = OptionalInt.empty();
    }

    /** Tells it that it may go on after this epoch. */
    void goOn(int trained) throws IOException {
        while (speaks && answered < Math.min(trained, epochs.reported())) {
            answered++;
            answers.goOn(answered);
        }
    }

    /** Ends the waiting with what went wrong, if anything did. */
    void throwIfFailed() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits a moment, or until it has ended. */
    void pause(Duration moment) throws InterruptedException {
        process.awaitEnd(moment);
    }

    /** Takes up what is new, and ends a program that goes beyond a bound. */
    void look() throws IOException {
        if (over) {
            return;
        }
        boolean ended = !process.isAlive();
        try {
            read(ended);
            if (ended) {
                end();
            } else {
                checkLimits();
            }
        } catch (InfeasibleException | RunFailedException e) {
            fail(e);
        }
        storeLog(false);
    }

    private void read(boolean ended) throws IOException {
        for (ProgramReport report : reports.next(ended)) {
            take(report);
        }
        output.next(ended, line -> {
            if (!speaks) {
                metrics.line(line);
            }
        });
        if (!speaks) {
            metrics.look(ended);
        }
    }

    private void take(ProgramReport report) throws IOException {
        if (report instanceof ProgramReport.Begin) {
            speaks = true;
        } else if (report instanceof ProgramReport.Epoch epoch) {
            takeEpoch(epochs.add(epoch.epoch(), epoch.metrics()));
        } else if (report instanceof ProgramReport.Checkpoint whole) {
            takeCheckpoint(whole.epoch().orElse(epochs.reported()));
        } else if (report instanceof ProgramReport.Artifact artifact) {
            storeArtifact(plan.directory().artifacts().resolve(artifact.name()));
        } else if (report instanceof ProgramReport.Infeasible infeasible) {
            throw new InfeasibleException(REPORTED_INFEASIBLE, infeasible.reason());
        } else if (report instanceof ProgramReport.Done done) {
            epochs.close(done.metrics());
        } else {
            LOG.debug("not understood: {}", report);
        }
    }

    private void takeEpoch(int epoch) throws IOException {
        if (epochs.isTooMany(epoch)) {
            answered = epoch;
            answers.stop(epoch, StopReason.STOP);
        } else if (epochs.isKnown(epoch)) {
            answered = epoch;
            answers.goOn(epoch);
        }
    }

    private void takeCheckpoint(int epoch) throws IOException {
        if (epoch < 1 || epoch > epochs.reported() + 1) {
            throw new RunFailedException(
                    ReasonCode.INVALID_REPORT.name(),
                    "the program reported a checkpoint of epoch " + epoch + " after epoch " + epochs.reported());
        }
        CheckpointFiles.copy(plan.directory().checkpoints(), plan.directory().snapshot());
        checkpoint = OptionalInt.of(epoch);
        answers.kept(epoch);
    }

    /** The program has ended, and all that it left is read. */
    private void end() throws IOException {
        over = true;
        process.kill();
        int status = process.exitStatus();
        if (status != 0 && !told) {
            boolean signal = status > 128;
            throw new RunFailedException(
                    (signal ? ReasonCode.PROGRAM_KILLED : ReasonCode.PROGRAM_FAILED).name(),
                    "the program " + plan.training().program() + " ended with " + ProgramProcess.describe(status)
                            + (status == 137 ? ", as when the machine runs out of memory" : "") + "; "
                            + output.lastLines());
        }
        storeArtifacts();
        requireMetric();
    }

    private void requireMetric() {
        String objective = plan.context().objective().metric();
        if (epochs.reported() == 0 && epochs.closing().containsKey(objective)) {
            epochs.add(OptionalInt.empty(), epochs.closing());
        }
        if (epochs.reported() == 0 && !told) {
            throw new RunFailedException(
                    ReasonCode.METRIC_NOT_REPORTED.name(),
                    "the program " + plan.training().program() + " ended without a value of '" + objective + "'; "
                            + (speaks ? "it reported no epoch" : "looked for: " + metrics.describe()) + "; "
                            + output.lastLines());
        }
    }

    private void checkLimits() throws IOException {
        if (System.nanoTime() - limitsChecked < LIMITS_PERIOD.toNanos()) {
            return;
        }
        limitsChecked = System.nanoTime();
        Duration ran = Duration.ofNanos(limitsChecked - begun);
        if (plan.training().timeout().filter(limit -> ran.compareTo(limit) > 0).isPresent()) {
            throw new InfeasibleException(
                    TIMEOUT,
                    "the program ran for longer than "
                            + plan.training().timeout().orElseThrow() + "; " + output.lastLines());
        }
        OptionalInt memory = plan.program().memoryMebibytes();
        if (memory.isPresent()) {
            long used = process.memoryBytes() >> 20;
            if (used > memory.getAsInt()) {
                throw new InfeasibleException(
                        InfeasibleException.OUT_OF_MEMORY,
                        "the program took " + used + " MiB of memory, its limit is " + memory.getAsInt() + " MiB; "
                                + output.lastLines());
            }
        }
        if (output.size() > plan.settings().maxOutputBytes()) {
            throw new RunFailedException(
                    ReasonCode.OUTPUT_TOO_LARGE.name(),
                    "the program printed more than " + plan.settings().maxOutputBytes() + " bytes; "
                            + output.lastLines());
        }
    }

    private void fail(RuntimeException reason) {
        over = true;
        failure = reason;
        process.kill();
    }

    /**
     * Has the program end: by the answer to its last report where it waits for one, and by SIGTERM. What it reports
     * meanwhile counts: it may save its state.
     */
    void stop(StopReason reason, Duration grace) {
        told = true;
        try {
            boolean waits = speaks && answered < epochs.reported();
            if (waits) {
                answers.stop(epochs.reported(), reason);
            }
            long half = grace.toNanos() / 2;
            if (!waits || !lookUntilOver(half)) {
                process.terminate();
                lookUntilOver(half);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("a program could not be told to stop: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean lookUntilOver(long nanos) throws IOException, InterruptedException {
        long until = System.nanoTime() + nanos;
        while (!over && System.nanoTime() - until < 0) {
            look();
            pause(STOP_LOOK);
        }
        return over;
    }

    /** Ends what runs still, and stores the log. */
    @Override
    public void close() {
        if (!over && !told) {
            stop(StopReason.STOP, plan.settings().grace());
        }
        process.close();
        try {
            storeLog(true);
        } catch (IOException e) {
            LOG.warn("a program's output was not stored: {}", e.toString());
        }
    }

    private void storeLog(boolean now) throws IOException {
        if (now || System.nanoTime() - logStored >= LOG_PERIOD.toNanos()) {
            logStored = System.nanoTime();
            output.store(plan.context().artifacts());
        }
    }

    private void storeArtifacts() throws IOException {
        try (Stream<Path> left = Files.list(plan.directory().artifacts())) {
            for (Path file : left.filter(Files::isRegularFile).sorted().toList()) {
                storeArtifact(file);
            }
        }
    }

    private void storeArtifact(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!file.getParent().equals(plan.directory().artifacts()) || !Files.isRegularFile(file)) {
            output.note("there is no artifact '" + name + "' in the artifact directory");
        } else if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}") || name.equals(ProgramOutput.NAME)) {
            output.note("an artifact cannot be called '" + name + "'");
        } else {
            long stamp = Files.getLastModifiedTime(file).toMillis() ^ Files.size(file) << 20;
            Long stored = artifacts.put(name, stamp);
            if (stored == null || stored != stamp) {
                plan.context().artifacts().put(name, out -> Files.copy(file, out));
            }
        }
    }
}
