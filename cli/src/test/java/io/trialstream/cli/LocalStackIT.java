package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.StackDirectory;
import io.trialstream.cli.stack.StackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .contains("it runs already")
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
        RunningCommand up = RunningCommand.start(home, "up", "--detach", "--without", "suggester,results,trainer");
        assertThat(up.awaitExit()).isZero();
        assertThat(pids()).hasSize(2);

        // Then
        assertThat(RunningCommand.run(home, UP)).contains("it runs already");
        assertThat(RunningCommand.run(home, "status"))
                .contains("broker")
                .contains("runs")
                .contains("logs");
        assertThat(RunningCommand.run(home, "down")).contains("ended the stack");
        assertThat(pids()).isEmpty();
        assertThat(RunningCommand.run(home, "down")).contains("nothing ran");
    }

    @Test
    void shouldTellOfAProcessThatDied() throws Exception {
        // Given
        RunningCommand up = RunningCommand.start(home, UP).awaitOutput("Ctrl-C stops it");

        // When
        ProcessHandle.of(pids().get("broker")).orElseThrow().destroyForcibly();

        // Then
        up.awaitOutput("broker (pid");
        assertThat(up.output()).contains("has ended unexpectedly; its log: ");
        assertThat(RunningCommand.run(home, "status")).containsPattern("broker +ended");
    }

    @Test
    void shouldShowTheLogOfAProcessThatCannotStartAndEndTheOthers() throws Exception {
        // Given a directory that holds no database but is not empty either
        Path data = Files.createDirectories(home.resolve(".trialstream/database/data"));
        Files.writeString(data.resolve("something"), "else");

        // When
        RunningCommand up = RunningCommand.start(home, UP);

        // Then
        assertThat(up.awaitExit()).isEqualTo(1);
        assertThat(up.output()).contains("database ended before it was ready").contains("database.log");
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

    private String logOf(String process) throws IOException {
        return Files.readString(home.resolve(".trialstream/logs").resolve(process + ".log"));
    }

    private static Process sleepMarkedAs(String mark) throws IOException {
        return new ProcessBuilder("sh", "-c", "sleep 1000; :", "-Dtrialstream.process=" + mark).start();
    }
}
