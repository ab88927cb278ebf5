package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One look at a time, with processes that are shell scripts and a clock that the test sets. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SupervisorTest {
    private static final ProcessIdentity OWN = ProcessIdentity.of(ProcessHandle.current());

    @TempDir
    Path root;

    private final List<String> told = new ArrayList<>();
    private final SetClock clock = new SetClock();
    private StackDirectory directory;
    private TinyProcesses processes;
    private StateFile state;
    private ProcessStart start;
    private Supervisor supervisor;

    @BeforeEach
    void begin() {
        directory = new StackDirectory(root);
        directory.create();
        processes = new TinyProcesses(directory);
        state = new StateFile(directory);
        state.reset(StackState.startedBy(OWN, true, TrainerEngine.DL4J, 1));
        Watched watched = new Watched();
        start = new ProcessStart(directory, state, watched, told::add);
        supervisor = new Supervisor(directory, state, watched, start, processes::plan, clock, told::add);
    }

    @AfterEach
    void end() throws IOException {
        processes.close();
    }

    @Test
    void shouldStartAgainWhatEndsAndSayWhy() {
        // Given
        runs("broker", "database");
        ProcessIdentity first = process("broker").identity();

        // When
        kill("broker");
        look();

        // Then its end is noted, and it is left alone for a second
        assertThat(told)
                .contains("broker has ended unexpectedly: ended by SIGKILL (kill -9, or the system was out of memory)");
        assertThat(process("broker").restarts().why()).contains("SIGKILL");
        look();
        assertThat(process("broker").isAlive()).isFalse();

        // And then started again
        clock.pass(Duration.ofSeconds(1));
        look();
        assertThat(process("broker").isAlive()).isTrue();
        assertThat(process("broker").identity()).isNotEqualTo(first);
        assertThat(process("broker").restarts().total()).isEqualTo(1);
    }

    @Test
    void shouldGiveUpAProcessThatEndsAgainAndAgainUntilItIsAskedFor() {
        // Given
        runs("broker");
        processes.script("broker", "echo the log directory is broken; exit 1");
        kill("broker");

        // When
        for (int i = 0; !process("broker").restarts().givenUp(); i++) {
            assertThat(i).as("looks").isLessThan(40);
            look();
            clock.pass(Duration.ofMinutes(1));
            awaitDeath("broker");
        }

        // Then
        assertThat(process("broker").restarts().total()).isEqualTo(Restarts.LIMIT);
        assertThat(process("broker").restarts().why())
                .isEqualTo("has ended unexpectedly: exit code 1; its log ends: the log directory is broken");
        assertThat(told).anyMatch(line -> line.contains("not restarted after 10 attempts"));

        // And when somebody asks for it
        processes.script("broker", "touch \"$1\"; while :; do sleep 0.3; done");
        state.change(
                stack -> stack.withEach(broker -> broker.with(broker.restarts().askedFor(clock.instant()))));
        look();
        assertThat(process("broker").isAlive()).isTrue();
    }

    @Test
    void shouldStartServicesOnlyWhenTheirInfrastructureServes() {
        // Given everything has died at once
        runs("broker", "database", "results");
        processes.script(
                "broker",
                "while [ ! -e '" + root.resolve("go")
                        + "' ]; do sleep 0.02; done; touch \"$1\"; while :; do sleep 0.3; done");
        kill("broker");
        kill("results");
        look();
        clock.pass(Duration.ofSeconds(1));

        // When
        look();

        // Then
        assertThat(process("broker").isAlive()).isTrue();
        assertThat(process("results").isAlive()).isFalse();
        root.resolve("go").toFile().mkdir();
        Awaitility.await().until(() -> directory.ready("broker").toFile().exists());
        look();
        assertThat(process("results").isAlive()).isTrue();
        assertThat(process("results").restarts().inARow()).isEqualTo(1);
    }

    @Test
    void shouldStartWhatIsAddedAndEndWhatIsToLeave() {
        // Given
        runs("broker", "trainer-1");

        // When
        state.change(stack -> stack.with(StackProcess.wanted("trainer-2", Role.TRAINER)));
        look();

        // Then
        assertThat(process("trainer-2").isAlive()).isTrue();
        assertThat(process("trainer-2").restarts().total()).isZero();

        // And when the command that scales it away is killed before it can end it
        StackProcess leaving = process("trainer-2").told();
        state.change(stack -> stack.with(leaving));
        look();
        Awaitility.await().until(() -> !leaving.isAlive());
        look();
        assertThat(state.read().orElseThrow().process("trainer-2")).isEmpty();
        assertThat(process("trainer-1").isAlive()).isTrue();
    }

    @Test
    void shouldEndATwinThatWasNeverWrittenDownBeforeItStartsAProcess() throws Exception {
        // Given a keeper that was killed between the start of a process and its record
        runs("broker");
        Process twin =
                new ProcessBuilder(processes.plan("database", Role.DATABASE).command()).start();
        state.change(stack -> stack.with(StackProcess.wanted("database", Role.DATABASE)));

        // When
        look();

        // Then
        assertThat(twin.isAlive()).isFalse();
        assertThat(process("database").isAlive()).isTrue();
        assertThat(process("database").identity().pid()).isNotEqualTo(twin.pid());
    }

    @Test
    void shouldSayThatItCannotStartAProcessAndTryAgain() {
        runs("broker");
        processes.failToPlan("broker");
        kill("broker");
        look();
        clock.pass(Duration.ofSeconds(1));

        look();

        assertThat(process("broker").restarts().why())
                .isEqualTo("cannot be started: port 5 of broker is taken by another process");
        assertThat(process("broker").restarts().isPending()).isTrue();
        assertThat(process("broker").restarts().inARow()).isEqualTo(2);
    }

    @Test
    void shouldStartNothingInAStackThatIsToEnd() {
        runs("broker");
        state.change(stack -> stack.in(Phase.STOPPING));
        kill("broker");

        supervisor.run();

        assertThat(process("broker").isAlive()).isFalse();
        assertThat(told).isEmpty();
    }

    private void runs(String... names) {
        for (String name : names) {
            start.startAndAwait(List.of(processes.plan(name, roleOf(name))));
        }
        state.change(stack -> stack.in(Phase.RUNNING));
        told.clear();
    }

    private static Role roleOf(String name) {
        return Role.valueOf(name.replaceFirst("-.*", "").toUpperCase(java.util.Locale.ROOT));
    }

    private void look() {
        supervisor.look(state.read().orElseThrow());
    }

    private StackProcess process(String name) {
        return state.read().orElseThrow().process(name).orElseThrow();
    }

    private void kill(String name) {
        process(name).identity().living().orElseThrow().destroyForcibly();
        awaitDeath(name);
    }

    private void awaitDeath(String name) {
        Awaitility.await().until(() -> !process(name).isAlive());
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.now();

        void pass(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
