package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.view.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldBuildEveryCommand() {
        assertThat(run("--help")).isZero();
        for (String command :
                new String[] {"demo", "up", "down", "status", "leaderboard", "watch", "enqueue", "export"}) {
            assertThat(run(command, "--help")).as(command).isZero();
        }
        assertThat(run("study", "create", "--help")).isZero();
        assertThat(run("study", "retrain", "--help")).isZero();
        assertThat(run("trial", "show", "--help")).isZero();
        assertThat(run("dead-letters", "list", "--help")).isZero();
        assertThat(run("dead-letters", "redrive", "--help")).isZero();
        assertThat(run("scale", "trainers", "--help")).isZero();
    }

    @Test
    void shouldExitWithTwoOnWrongUse() {
        assertThat(run("scale", "trainers", "many")).isEqualTo(2);
        assertThat(run("stduy")).isEqualTo(2);
        assertThat(err.toString()).contains("many").contains("stduy");
    }

    @Test
    void shouldSayThatNothingRuns() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("nothing runs");

        assertThat(run("down")).isZero();
        assertThat(run("leaderboard")).isEqualTo(1);
        assertThat(err.toString()).contains("trialstream up");
    }

    @Test
    void shouldNotSendDeadLettersAgainThatNobodyNamed() {
        assertThat(run("dead-letters", "redrive")).isEqualTo(1);
        assertThat(err.toString()).contains("--all").doesNotContain("\tat ");
        assertThat(run("dead-letters", "list")).isEqualTo(1);
        assertThat(err.toString()).contains("--bootstrap-servers");
    }

    @Test
    void shouldSayWhatHasToBeBuilt() {
        assertThat(run("up")).isEqualTo(1);
        assertThat(err.toString()).contains("quarkus-run.jar is missing").doesNotContain("Exception");
    }

    @Test
    void shouldRefuseTrainersWithoutSlots() {
        assertThat(run("up", "--slots", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("slots must be 1 to 64, got 0").doesNotContain("Exception");
    }

    @Test
    void shouldRefuseAStackWithoutItsBroker() {
        assertThat(run("up", "--without", "broker")).isEqualTo(1);
        assertThat(err.toString()).contains("broker").doesNotContain("Exception");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        assertThat(run("study", "list", "--url", "http://127.0.0.1:1")).isEqualTo(1);
        assertThat(err.toString()).contains("no answer from http://127.0.0.1:1").doesNotContain("\tat ");
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, 100);
        CommandLine command = Trialstream.commandLine(new Session(terminal, new Installation(home)));
        command.setOut(new PrintWriter(new StringWriter()));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
