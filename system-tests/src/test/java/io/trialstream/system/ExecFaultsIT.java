package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a trial when its program, its trainer or both die, freeze or are told to end. */
class ExecFaultsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static RunningStack stack;
    private static Api api;

    private long begun;

    @BeforeAll
    static void start() {
        stack = ProgramsStack.shared();
        api = stack.api();
    }

    @BeforeEach
    void begin() {
        begun = System.nanoTime();
    }

    @Test
    void shouldGoOnAtItsEpochWhenTheProgramIsKilled() {
        String study = create("PT10M");
        long program = awaitEpoch(study, 2);

        ProcessHandle.of(program).orElseThrow().destroyForcibly();
        api.await(study, "COMPLETED", PATIENCE);

        assertResumed(study);
        Figures.show(
                "exec kill -9 of the program", "resumed at its epoch; done %s after the start", Figures.since(begun));
    }

    @Test
    void shouldGoOnAtItsEpochWhenTheTrainerIsKilledAndThenTheProgramIsGone() {
        String study = create("PT10M");
        long program = awaitEpoch(study, 2);
        long killed = System.nanoTime();

        stack.kill("trainer-1");

        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> isGone(program));
        String gone = Figures.since(killed);
        api.await(study, "COMPLETED", PATIENCE);
        assertResumed(study);
        Figures.show("exec kill -9 of the trainer", "the program was gone after %s; the trial resumed", gone);
    }

    @Test
    void shouldGoOnElsewhereAtItsEpochWhenTheTrainerIsDrained() {
        assertThat(stack.command("scale", "trainers", "2").exitCode()).isZero();
        try {
            String study = create("PT10M", 2);
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> api.trials(study).stream()
                    .filter(trial -> trial.path("epochs").asInt() >= 2)
                    .anyMatch(trial -> trial.path("trainerId").asText().equals(stack.newestTrainer())));

            assertThat(stack.command("scale", "trainers", "1").exitCode()).isZero();
            api.await(study, "COMPLETED", PATIENCE);

            assertThat(api.trials(study)).anySatisfy(trial -> assertThat(
                            api.trial(study, trial.get("number").asInt()).get("runs"))
                    .anySatisfy(run ->
                            assertThat(run.at("/resumedFrom/epoch").asInt()).isPositive()));
        } finally {
            stack.command("scale", "trainers", "1");
        }
    }

    @Test
    void shouldEndAFrozenProgramAtItsTimeout() throws IOException, InterruptedException {
        String study = create("PT6S");
        long program = awaitEpoch(study, 1);

        new ProcessBuilder("kill", "-STOP", Long.toString(program)).start().waitFor();
        api.await(study, "COMPLETED", PATIENCE);

        JsonNode trial = api.trial(study, 0);
        assertThat(trial.get("state").asText()).isEqualTo("INFEASIBLE");
        assertThat(trial.at("/reason/code").asText()).isEqualTo("TIMEOUT");
        assertThat(isGone(program)).isTrue();
    }

    private static void assertResumed(String study) {
        JsonNode trial = api.trial(study, 0);
        assertThat(trial.get("state").asText()).isEqualTo("COMPLETED");
        JsonNode last = trial.get("runs").get(trial.get("runs").size() - 1);
        assertThat(last.at("/resumedFrom/epoch").asInt()).as(trial.toString()).isGreaterThanOrEqualTo(1);
        assertThat(api.get("/trials/" + study + ":0/curve").get("epochs")).hasSize(8);
    }

    private static String create(String timeout) {
        return create(timeout, 1);
    }

    private static String create(String timeout, int trials) {
        return api.create(
                """
                name: slow-%d
                objective: { metric: val_accuracy, direction: maximize }
                sampler: { type: random, seed: 42 }
                budget: { trials: %d }
                training: { workload: exec, program: %s, epochs: 8, timeout: %s }
                space:
                  lr: { loguniform: [-5, 0] }
                  momentum: null
                  decay: 0.001
                """
                        .formatted(System.nanoTime(), trials, ProgramsStack.SLOW, timeout));
    }

    /** Waits until the study's first trial has this epoch and answers its program's process. */
    private static long awaitEpoch(String study, int epoch) {
        AtomicReference<List<Long>> programs = new AtomicReference<>(List.of());
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            programs.set(programs());
            return api.trial(study, 0).get("epochs").asInt() >= epoch
                    && programs.get().size() == 1;
        });
        return programs.get().get(0);
    }

    /** The programs that the first trainer has started. */
    private static List<Long> programs() {
        return ProcessHandle.of(stack.pid("trainer-1")).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(child -> child.info().arguments().stream()
                        .anyMatch(arguments -> List.of(arguments).toString().contains("train.py")))
                .filter(child -> child.info().command().orElse("").contains("python"))
                .map(ProcessHandle::pid)
                .toList();
    }

    private static boolean isGone(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }
}
