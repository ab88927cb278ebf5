package io.trialstream.trainer.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trialstream.contracts.study.ProgramDefinition;
import io.trialstream.trainer.artifact.EventLog;
import io.trialstream.trainer.checkpoint.StateSink;
import io.trialstream.trainer.checkpoint.StateSource;
import io.trialstream.trainer.workload.CheckpointWish;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.InfeasibleException;
import io.trialstream.trainer.workload.RunFailedException;
import io.trialstream.trainer.workload.StopReason;
import io.trialstream.trainer.workload.WorkloadRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, written in the shell: how they report, and how they end. */
class ExecRunIT {
    private static final String BEGIN = "report '{\"type\": \"begin\", \"protocol\": 1}'\n";

    @TempDir
    Path directory;

    private ShellProgram program(String script) {
        return new ShellProgram(directory, script);
    }

    private static String epoch(int number, double accuracy) {
        return "report '{\"type\": \"epoch\", \"epoch\": " + number + ", \"metrics\": {\"acc\": " + accuracy + "}}'\n";
    }

    @Test
    void shouldTakeWhatAProgramReports() {
        ShellProgram program = program(BEGIN + epoch(1, 0.5) + "test $(answer 1) = continue || exit 9\n" + epoch(2, 0.7)
                        + "report '{\"type\": \"done\", \"metrics\": {\"test_acc\": 0.6}}'")
                .epochs(20);
        try (WorkloadRun run = program.begin()) {
            assertThat(run.totalEpochs()).isEqualTo(20);
            assertThat(run.trainEpoch(1).metrics()).isEqualTo(Map.of("acc", 0.5));
            assertThat(run.hasEpoch(2)).isTrue();
            assertThat(run.trainEpoch(2).metrics()).isEqualTo(Map.of("acc", 0.7));
            assertThat(run.hasEpoch(3)).isFalse();
            assertThat(run.finalMetrics()).isEqualTo(Map.of("test_acc", 0.6));
        }
        assertThat(directory.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void shouldTellTheProgramItsTrial() {
        ShellProgram program = program("cat $TRIALSTREAM_TRIAL; echo; echo $PASSED $HOME_OF_NOBODY; echo acc=1")
                .with("environment", Map.of("PASSED", "so it is"));

        program.run();

        assertThat(program.files().get("output.log"))
                .contains("\"trialId\":\"study:7\"")
                .contains("\"seed\":42")
                .contains("\"configuration\":{\"lr\":0.1}")
                .contains("\"arguments\":{\"data\":\"small\"}")
                .contains("\"objective\":{")
                .doesNotContain("\"resume\"")
                .contains("so it is");
    }

    @Test
    void shouldHandTheConfigurationOverAsTheProgramWantsIt() {
        Map<String, Object> configuration = new HashMap<>(Map.of("optimizer", Map.of("name", "sgd", "lr", 1e-4)));
        for (String mode : List.of("flags", "hydra", "env")) {
            ShellProgram program = program("echo \"$@\" $HP_OPTIMIZER_NAME; echo acc=1")
                    .with("pass", mode)
                    .configuration(configuration);
            program.run();
            assertThat(program.files().get("output.log"))
                    .contains(
                            switch (mode) {
                                case "flags" -> "--optimizer.name=sgd";
                                case "hydra" -> " optimizer.name=sgd".strip();
                                default -> "sgd";
                            });
        }
    }

    @Test
    void shouldReadEpochsOfWhatAnUnawareProgramPrints() {
        assertThat(program("for e in 1 2 3; do echo \"epoch $e val_loss: 1.2e-3, acc=0.$e\"; done")
                        .epochs(10)
                        .curve())
                .containsExactly(0.1, 0.2, 0.3);
        assertThat(program("printf 'Epoch 1/2\\n 1/9 - acc: 0.1\\r 9/9 - acc: 0.4\\nEpoch 2/2\\n 9/9 - acc: 0.6'")
                        .epochs(10)
                        .curve())
                .as("a progress bar, and a last line without an end")
                .containsExactly(0.4, 0.6);
        assertThat(program("printf '\\033[32mepoch 0\\033[0m \\033[1macc\\033[0m=0.5\\n'")
                        .curve())
                .as("colours")
                .containsExactly(0.5);
        assertThat(program("echo acc=0.1; echo acc=0.9").curve())
                .as("of one epoch, the last value counts")
                .containsExactly(0.9);
    }

    @Test
    void shouldReadTheMetricsThatTheDefinitionNames() {
        assertThat(program("echo 'reached 71 % of all'")
                        .with("metrics", Map.of("acc", Map.of("regex", "reached ([0-9.]+) %")))
                        .curve())
                .containsExactly(71.0);
        assertThat(program("echo '{\"scores\": {\"acc\": 0.5}}' > $0.json; mv $0.json result.json")
                        .with("metrics", Map.of("acc", Map.of("file", "result.json", "pointer", "/scores/acc")))
                        .curve())
                .containsExactly(0.5);
    }

    @Test
    void shouldNotTakeAFileThatWasThereBefore() throws IOException {
        Files.writeString(directory.resolve("result.json"), "{\"acc\": 0.9}");

        assertThatThrownBy(() -> program("true")
                        .with("metrics", Map.of("acc", Map.of("file", "result.json", "pointer", "/acc")))
                        .run())
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("looked for: [/acc] in " + directory.resolve("result.json"));
    }

    @Test
    void shouldReadEventFiles() throws IOException {
        EventLog log = new EventLog(Instant.EPOCH);
        log.scalars(Instant.EPOCH, 10, Map.of("val/acc", 0.25, "loss", 3.0));
        log.scalars(Instant.EPOCH, 20, Map.of("val/acc", 0.75));
        Files.write(directory.resolve("written"), log.toBytes());

        assertThat(program("mkdir -p $TB && cp written $TB/events.out.tfevents.1")
                        .with("environment", Map.of("TB", "board/run"))
                        .with("metrics", Map.of("acc", Map.of("tensorboard", "board", "tag", "val/acc")))
                        .epochs(5)
                        .curve())
                .containsExactly(0.25, 0.75);
    }

    @Test
    void shouldQuoteTheLastLinesOfAProgramThatFails() {
        RunFailedException failed =
                catchThrowableOfType(RunFailedException.class, () -> program("echo 'No module named torch' >&2; exit 3")
                        .run());

        assertThat(failed.code()).isEqualTo("PROGRAM_FAILED");
        assertThat(failed).hasMessageContaining("exit status 3").hasMessageContaining("No module named torch");
    }

    @Test
    void shouldNameTheSignalThatEndedAProgram() {
        RunFailedException failed = catchThrowableOfType(
                RunFailedException.class, () -> program("kill -SEGV $$").run());

        assertThat(failed.code()).isEqualTo("PROGRAM_KILLED");
        assertThat(failed).hasMessageContaining("SIGSEGV").hasMessageContaining("it printed nothing");
    }

    @Test
    void shouldSayWhatWasLookedForWhereNothingIsFound() {
        RunFailedException failed = catchThrowableOfType(
                RunFailedException.class, () -> program("echo accuracy 0.9").run());

        assertThat(failed.code()).isEqualTo("METRIC_NOT_REPORTED");
        assertThat(failed).hasMessageContaining("NAME=0.71").hasMessageContaining("accuracy 0.9");
    }

    @Test
    void shouldCallWhatIsNoNumberInfeasible() {
        assertThatThrownBy(() -> program("echo acc=nan").run())
                .isInstanceOf(InfeasibleException.class)
                .hasMessageContaining("acc");
        assertThatThrownBy(() -> program(
                                BEGIN + "report '{\"type\": \"epoch\", \"metrics\": {\"acc\": NaN, \"loss\": 1}}'")
                        .run())
                .isInstanceOf(InfeasibleException.class);
        assertThat(program(BEGIN + "report '{\"type\": \"epoch\", \"metrics\": {\"acc\": 1, \"loss\": NaN}}'")
                        .run())
                .singleElement()
                .satisfies(epoch -> assertThat(epoch.metrics()).containsOnlyKeys("acc"));
        assertThatThrownBy(
                        () -> program(BEGIN + "report '{\"type\": \"infeasible\", \"reason\": \"too wide\"}'; sleep 60")
                                .run())
                .isInstanceOf(InfeasibleException.class)
                .hasMessage("too wide");
    }

    @Test
    void shouldRefuseWhatIsNoReport() {
        for (String script : List.of(
                epoch(1, 0.5),
                BEGIN + "report '{broken'",
                BEGIN + epoch(2, 0.5),
                "report '{\"type\": \"begin\", \"protocol\": 99}'",
                BEGIN + "report '{\"type\": \"epoch\", \"metrics\": {\"acc\": \"good\"}}'")) {
            RunFailedException failed = catchThrowableOfType(
                    RunFailedException.class, () -> program(script).run());
            assertThat(failed.code()).as(script).isEqualTo("INVALID_REPORT");
        }
    }

    @Test
    void shouldEndAProgramThatTakesTooLong() {
        InfeasibleException late = catchThrowableOfType(InfeasibleException.class, () -> program("echo begun; sleep 60")
                .timeout(Duration.ofMillis(300))
                .run());

        assertThat(late.code()).isEqualTo("TIMEOUT");
        assertThat(late).hasMessageContaining("PT0.3S").hasMessageContaining("begun");
    }

    @Test
    void shouldEndAProgramThatTakesTooMuchMemory() {
        InfeasibleException large = catchThrowableOfType(
                InfeasibleException.class, () -> program("x=$(head -c 60000000 /dev/zero | tr '\\0' x); sleep 60")
                        .with("memoryMebibytes", 40)
                        .run());

        assertThat(large.code()).isEqualTo("OUT_OF_MEMORY");
    }

    @Test
    void shouldEndAProgramThatPrintsTooMuch() {
        RunFailedException failed = catchThrowableOfType(
                RunFailedException.class,
                () -> program("cat /dev/zero").maxOutput(1 << 20).run());

        assertThat(failed.code()).isEqualTo("OUTPUT_TOO_LARGE");
    }

    @Test
    void shouldBearNoiseAndLongLines() {
        assertThat(program("head -c 1000000 /dev/zero | tr '\\0' x; head -c 100000 /dev/urandom; echo; echo acc=0.5")
                        .curve())
                .containsExactly(0.5);
    }

    @Test
    void shouldEndChildrenThatOutliveTheirParent() {
        ShellProgram program = program("sleep 300 & echo child=$!; echo acc=1");

        program.run();

        String output = program.files().get("output.log");
        long child = Long.parseLong(output.replaceAll("(?s).*child=(\\d+).*", "$1"));
        Awaitility.await()
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void shouldKillAProgramThatIgnoresBeingToldToStop() {
        ShellProgram program = program("trap '' TERM\necho epoch 1 acc=0.5\nwhile true; do sleep 0.05; done")
                .epochs(5)
                .grace(Duration.ofMillis(400));
        long begun;
        try (WorkloadRun run = program.begin()) {
            run.trainEpoch(1);
            begun = System.nanoTime();
            run.stop(StopReason.PRUNE);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(directory.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void shouldTellAProgramByItsAnswerThatTheTrialIsPruned() {
        ShellProgram program =
                program(BEGIN + epoch(1, 0.5) + "echo told $(answer 1)").epochs(5);
        try (WorkloadRun run = program.begin()) {
            run.trainEpoch(1);
            run.stop(StopReason.PRUNE);
        }
        assertThat(program.files().get("output.log")).contains("told prune");
    }

    @Test
    void shouldResumeFromTheStateThatAProgramSavedWhenItWasDrained() {
        String script = BEGIN
                + "e=0; r=${TRIALSTREAM_TRIAL%/*}/resume/state; test -f $r && e=$(cat $r)\n"
                + "while test $e -lt 4; do e=$((e + 1))\n"
                + "report '{\"type\": \"epoch\", \"epoch\": '$e', \"metrics\": {\"acc\": 0.'$e'}}'\n"
                + "case $(answer $e) in drain)\n"
                + "echo $e > $TRIALSTREAM_CHECKPOINTS/state; report '{\"type\": \"checkpoint\"}'; exit 0;; esac\ndone";
        MemoryState state = new MemoryState();
        try (WorkloadRun run = program(script).epochs(4).begin()) {
            run.trainEpoch(1);
            assertThat(run.checkpointWish()).isEqualTo(CheckpointWish.NONE);
            run.trainEpoch(2);
            run.stop(StopReason.DRAIN);
            assertThat(run.checkpointWish()).isEqualTo(CheckpointWish.NOW);
            run.save(state);
        }

        try (WorkloadRun run = program(script).epochs(4).begin()) {
            run.restore(2, state);
            assertThat(run.trainEpoch(3).metrics()).isEqualTo(Map.of("acc", 0.3));
            assertThat(run.trainEpoch(4).metrics()).isEqualTo(Map.of("acc", 0.4));
            run.finalMetrics();
        }
    }

    @Test
    void shouldDropTheEpochsThatAnOlderStateRepeats() {
        String save = "echo 1 > $TRIALSTREAM_CHECKPOINTS/state; report '{\"type\": \"checkpoint\", \"epoch\": 1}'\n";
        MemoryState state = new MemoryState();
        try (WorkloadRun run = program(BEGIN + epoch(1, 0.1) + save + epoch(2, 0.2) + "sleep 60")
                .epochs(4)
                .begin()) {
            run.trainEpoch(1);
            run.trainEpoch(2);
            run.save(state);
        }

        try (WorkloadRun run =
                program(BEGIN + epoch(2, 0.9) + epoch(3, 0.3)).epochs(4).begin()) {
            run.restore(2, state);
            EpochMetrics third = run.trainEpoch(3);
            assertThat(third.metrics()).isEqualTo(Map.of("acc", 0.3));
            assertThat(run.hasEpoch(4)).isFalse();
        }
    }

    @Test
    void shouldStoreArtifacts() {
        ShellProgram program = program(BEGIN + "echo weights > $TRIALSTREAM_ARTIFACTS/model.pt\n"
                + "report '{\"type\": \"artifact\", \"name\": \"model.pt\"}'\n"
                + "report '{\"type\": \"artifact\", \"name\": \"../trial.json\"}'\n"
                + "echo late > $TRIALSTREAM_ARTIFACTS/notes.txt\n" + epoch(1, 1));

        program.run();

        assertThat(program.files()).containsEntry("model.pt", "weights\n").containsEntry("notes.txt", "late\n");
        assertThat(program.files()).doesNotContainKey("trial.json");
    }

    @Test
    void shouldEndTheProgramWhenItsThreadIsInterrupted() throws InterruptedException {
        ShellProgram program = program("sleep 60");
        try (WorkloadRun run = program.begin()) {
            Thread test = Thread.currentThread();
            Thread interrupter = new Thread(test::interrupt);
            interrupter.start();
            assertThatThrownBy(() -> run.hasEpoch(1)).isInstanceOf(CancellationException.class);
            interrupter.join();
            Thread.interrupted();
        }
        assertThat(directory.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void shouldNotOfferAProgramThatCannotBeStarted() {
        ExecWorkload workload = new ExecWorkload(
                new Programs(Map.of(
                        "there",
                        ProgramDefinition.read("there", Map.of("command", "sh train.sh"), directory),
                        "missing",
                        ProgramDefinition.read(
                                "missing", Map.of("command", "no-such-interpreter train.py"), directory))),
                new ExecSettings(directory.resolve("runs"), Duration.ofSeconds(1)));

        assertThat(workload.capability().programs()).containsExactly("there");
    }

    /** A saved state in memory. */
    private static final class MemoryState implements StateSink, StateSource {
        private final Map<String, Object> arrays = new HashMap<>();

        @Override
        public void put(String name, float[] values) {
            arrays.put(name, values.clone());
        }

        @Override
        public void put(String name, double[] values) {
            arrays.put(name, values.clone());
        }

        @Override
        public void put(String name, byte[] values) {
            arrays.put(name, values.clone());
        }

        @Override
        public boolean has(String name) {
            return arrays.containsKey(name);
        }

        @Override
        public float[] floats(String name) {
            return (float[]) arrays.get(name);
        }

        @Override
        public double[] doubles(String name) {
            return (double[]) arrays.get(name);
        }

        @Override
        public byte[] bytes(String name) {
            return (byte[]) arrays.get(name);
        }
    }
}
