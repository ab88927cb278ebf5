package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.Phase;
import io.trialstream.cli.stack.ProcessIdentity;
import io.trialstream.cli.stack.StackDirectory;
import io.trialstream.cli.stack.StackProcess;
import io.trialstream.cli.stack.StackStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The stack's broker and database as real processes, under commands that are interrupted, killed and run twice. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LocalStackIT {
    private static final String[] UP_DETACHED = {"up", "--detach", "--without", "suggester,results,trainer"};
    private static final String[] UP = {"up", "--without", "suggester,results,trainer"};

    @TempDir
    Path home;

    @AfterEach
    void endWhateverRuns() {
        stack().shutDown();
    }

    @Test
    void shouldEndEverythingInOrderOnCtrlC() throws Exception {
        // Given
        RunningCommand up = RunningCommand.start(home, UP).awaitOutput("Ctrl-C stops it");
        List<StackProcess> processes = stack().state().orElseThrow().living();

        // When
        up.interruptGroup();

        // Then
        assertThat(up.awaitExit()).isEqualTo(130);
        assertThat(processes).hasSize(2).noneMatch(StackProcess::isAlive);
        assertThat(up.output()).contains("stopping broker, database").doesNotContain("unexpectedly", "Exception");
        assertThat(logOf("database")).doesNotContain("PostgreSQL has ended");
    }

    @Test
    void shouldSayWhatRunsWhenStartedASecondTime() throws Exception {
        // Given
        RunningCommand up = RunningCommand.start(home, UP).awaitOutput("Ctrl-C stops it");
        Map<String, Long> pids = pids();

        // When
        RunningCommand second = RunningCommand.start(home, UP);

        // Then
        assertThat(second.awaitExit()).isZero();
        assertThat(second.output())
                .contains("already running")
                .contains("broker")
                .contains("database");
        assertThat(pids()).isEqualTo(pids);

        // And when the stack is ended by another command
        assertThat(RunningCommand.run(home, "down")).contains("ended the stack");

        // Then the command that kept it has ended as well
        up.awaitExit();
        assertThat(stack().isRunning()).isFalse();
    }

    @Test
    void shouldEndTheOrphansOfAKilledCommandAndKeepTheAddresses() throws Exception {
        // Given
        RunningCommand killed = RunningCommand.start(home, UP).awaitOutput("Ctrl-C stops it");
        List<StackProcess> orphans = stack().state().orElseThrow().living();
        killed.kill();
        assertThat(orphans).hasSize(2).allMatch(StackProcess::isAlive);

        // When
        RunningCommand up = RunningCommand.start(home, UP).awaitOutput("Ctrl-C stops it");

        // Then
        assertThat(up.output()).contains("an earlier run was killed and left 2 processes behind");
        assertThat(orphans).noneMatch(StackProcess::isAlive);
        List<StackProcess> running = stack().state().orElseThrow().living();
        assertThat(running)
                .extracting(StackProcess::address)
                .isEqualTo(orphans.stream().map(StackProcess::address).toList());
    }

    @Test
    void shouldFindAnOrphanThatWasNeverWrittenDownAndSpareStrangers() throws Exception {
        // Given
        Process unwritten = sleepMarkedAs("broker@" + home.resolve(".trialstream"));
        Process stranger = sleepMarkedAs("broker@" + home.resolve(".trialstream/demos/other"));
        try {
            // When
            RunningCommand.start(home, UP).awaitOutput("Ctrl-C stops it");

            // Then
            assertThat(unwritten.isAlive()).isFalse();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
            unwritten.destroyForcibly();
        }
    }

    @Test
    void shouldLeaveADetachedStackRunningUntilDown() throws Exception {
        // Given
        RunningCommand up = RunningCommand.start(home, UP_DETACHED);
        assertThat(up.awaitExit()).isZero();
        assertThat(pids()).hasSize(2);

        // Then
        assertThat(RunningCommand.run(home, UP)).contains("already running");
        assertThat(RunningCommand.run(home, "status"))
                .contains("broker")
                .contains("runs")
                .contains("logs");
        assertThat(RunningCommand.run(home, "down")).contains("ended the stack");
        assertThat(pids()).isEmpty();
        assertThat(RunningCommand.run(home, "down")).contains("nothing ran");
    }

    @Test
    void shouldStartAgainWhatEndsOnItsPortAndTakeOverAStackThatLostItsKeeper() throws Exception {
        // Given
        assertThat(RunningCommand.start(home, UP_DETACHED).awaitExit()).isZero();
        Map<String, String> addresses = addresses();

        // When the process dies that PostgreSQL stands under, and PostgreSQL does not
        long launcher = pids().get("database");
        kill(launcher);

        // Then it runs again where it was
        awaitRestart("database", launcher);
        assertThat(addresses()).isEqualTo(addresses);
        assertThat(RunningCommand.run(home, "status"))
                .contains("database: restarted 1 time; before, it has ended unexpectedly: ended by SIGKILL");

        // When the broker dies while nobody is there to start it again
        kill(stack().state().orElseThrow().keeper().pid());
        long broker = pids().get("broker");
        kill(broker);
        assertThat(RunningCommand.run(home, "status"))
                .containsPattern("broker +ended")
                .contains("processes are not restarted")
                .contains("trialstream up");
        RunningCommand up = RunningCommand.start(home, UP);

        // Then `up` has it started again, by a new keeper
        assertThat(up.awaitExit()).isZero();
        assertThat(up.output()).contains("restarting what had ended: broker").containsPattern("broker +runs");
        assertThat(addresses()).isEqualTo(addresses);
        assertThat(stack().state().orElseThrow().keeper().isAlive()).isTrue();

        // When `down` is killed before it could do anything but say so, and everybody who could go on with it
        ProcessIdentity keeper = stack().state().orElseThrow().keeper();
        List<StackProcess> running = stack().state().orElseThrow().living();
        kill(keeper.pid());
        Path state = home.resolve(".trialstream/stack.json");
        Files.writeString(state, Files.readString(state).replace("\"RUNNING\"", "\"STOPPING\""));
        assertThat(RunningCommand.run(home, "status")).contains("stopping it was interrupted");
        RunningCommand again = RunningCommand.start(home, UP_DETACHED);

        // Then the next `up` ends what was left, and starts anew
        assertThat(again.awaitExit()).as(again.output()).isZero();
        assertThat(again.output()).contains("an earlier end was interrupted and left 2 processes behind");
        assertThat(running).noneMatch(StackProcess::isAlive);
        assertThat(pids()).hasSize(2);
        assertThat(addresses()).isEqualTo(addresses);
    }

    @Test
    void shouldEndWhatItHasStartedWhenTheCommandDiesInTheMiddleOfUp() throws Exception {
        for (boolean killed : new boolean[] {true, false}) {
            // Given
            RunningCommand up = RunningCommand.start(home, UP_DETACHED);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> stack().isRunning());

            // When
            if (killed) {
                up.kill();
            } else {
                up.interruptGroup();
            }

            // Then
            up.awaitExit();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> stack().state().orElseThrow().phase() == Phase.STOPPED);
            assertThat(pids()).as(up.output()).isEmpty();
        }
    }

    @Test
    void shouldLetOneOfTwoCommandsStartTheStackAndTheOtherSaySo() throws Exception {
        // When
        List<RunningCommand> both =
                List.of(RunningCommand.start(home, UP_DETACHED), RunningCommand.start(home, UP_DETACHED));

        // Then
        List<Integer> exits = List.of(both.get(0).awaitExit(), both.get(1).awaitExit());
        String all = both.get(0).output() + both.get(1).output();
        assertThat(exits).as(all).containsExactlyInAnyOrder(0, 1);
        assertThat(all).contains("is starting the stack in");
        assertThat(pids()).hasSize(2);
    }

    @Test
    void shouldEndWhatIsNotWrittenDownAndStartAnewWhenTheStateIsLost() throws Exception {
        // Given
        RunningCommand killed = RunningCommand.start(home, UP).awaitOutput("Ctrl-C stops it");
        List<StackProcess> orphans = stack().state().orElseThrow().living();
        killed.kill();
        Files.writeString(home.resolve(".trialstream/stack.json"), "");

        // When
        RunningCommand.start(home, UP).awaitOutput("Ctrl-C stops it");

        // Then
        assertThat(orphans).noneMatch(StackProcess::isAlive);
        assertThat(pids()).hasSize(2);
    }

    @Test
    void shouldShowTheLogOfAProcessThatCannotStartAndEndTheOthers() throws Exception {
        // Given the data of another PostgreSQL
        Path data = Files.createDirectories(home.resolve(".trialstream/database/data"));
        Files.writeString(data.resolve("PG_VERSION"), "9.6\n");
        Files.writeString(data.resolve("postmaster.opts"), "postgres\n");

        // When
        RunningCommand up = RunningCommand.start(home, UP);

        // Then
        assertThat(up.awaitExit()).isEqualTo(1);
        assertThat(up.output())
                .contains("database ended before it was ready: exit code 1; its log ends: ")
                .contains("database.log");
        Awaitility.await().until(() -> pids().isEmpty());
    }

    private LocalStack stack() {
        return new LocalStack(new StackDirectory(home.resolve(".trialstream")), new Installation(home), line -> {});
    }

    private Map<String, Long> pids() {
        return stack().state().orElseThrow().living().stream()
                .collect(Collectors.toMap(
                        StackProcess::name, process -> process.identity().pid()));
    }

    private Map<String, String> addresses() {
        return stack().state().orElseThrow().processes().stream()
                .collect(Collectors.toMap(StackProcess::name, StackProcess::address));
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        Awaitility.await().until(() -> !process.isAlive());
    }

    private void awaitRestart(String name, long earlier) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> stack().status().processes().stream()
                .anyMatch(line -> line.name().equals(name)
                        && line.state() == StackStatus.State.RUNNING
                        && line.pid().filter(pid -> pid != earlier).isPresent()));
    }

    private String logOf(String process) throws IOException {
        return Files.readString(home.resolve(".trialstream/logs").resolve(process + ".log"));
    }

    private static Process sleepMarkedAs(String mark) throws IOException {
        return new ProcessBuilder("sh", "-c", "sleep 1000; :", "-Dtrialstream.process=" + mark).start();
    }
}
