package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.ScriptedServer.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of processes and of trials. */
class LogsCommandTest {
    private static final String RUNS =
            ",\"runs\":[{\"runId\":\"r1\",\"stands\":%s},{\"runId\":\"r2\",\"stands\":false}]";

    @TempDir
    Path home;

    @Test
    void shouldShowTheEndOfAProcessLog() throws Exception {
        write("broker", lines(1, 150));

        assertThat(logs("broker").out()).isEqualTo(lines(51, 150));
        assertThat(logs("broker", "-n", "2").out()).isEqualTo(lines(149, 150));
        assertThat(logs("broker", "-n", "0").out()).isEmpty();
        assertThat(logs("broker", "-n", "1000").out()).isEqualTo(lines(1, 150));
    }

    @Test
    void shouldNameTheLogsThatThereAre() throws Exception {
        write("broker", "");
        write("trainer-1", "");

        Ran ran = logs("trainer");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("no log 'trainer'").contains("broker, trainer-1");
        assertThat(logs("../stack").err()).contains("no log '../stack'");
    }

    @Test
    void shouldReadWholeLinesOfAFileThatGrowsOrIsBegunAnew() throws Exception {
        Path file = write("results", "one\ntwo\n");
        LogFile log = new LogFile(file);

        assertThat(log.last(1)).containsExactly("two");
        Files.writeString(file, "thr", StandardOpenOption.APPEND);
        assertThat(log.more()).isEmpty();
        Files.writeString(file, "ee größer\nfo", StandardOpenOption.APPEND);
        assertThat(log.more()).containsExactly("three größer");
        Files.writeString(file, "anew\n");
        assertThat(log.more()).containsExactly("anew");
    }

    @Test
    void shouldFindTheLastLinesAcrossBlocksWhateverTheirLength() throws Exception {
        String text = IntStream.range(0, 3_000)
                .mapToObj(i -> "é".repeat(i % 97) + i)
                .collect(Collectors.joining("\n", "", "\n"));
        Path file = write("database", text);
        var all = text.lines().toList();

        for (int count : new int[] {1, 2, 100, 1_234, 2_999, 3_000, 3_001}) {
            assertThat(new LogFile(file).last(count))
                    .as("last %d", count)
                    .isEqualTo(all.subList(Math.max(0, all.size() - count), all.size()));
        }
    }

    @Test
    void shouldShowTheLastWordsOfAProcessThatDiedInALine() throws Exception {
        assertThat(new LogFile(write("broker", "one\ntw")).last(10)).containsExactly("one", "tw");
    }

    @Test
    void shouldShowTheLogOfTheRunWhoseResultCounts() throws Exception {
        try (ScriptedServer server = new ScriptedServer(home)
                .answer("GET /api/v1/trials/demo%3A4", Answers.trial(4, "COMPLETED", RUNS.formatted(true)))
                .answer("GET /api/v1/trials/demo%3A4/runs/r1/log", "begins\nends\n")
                .answer("GET /api/v1/trials/demo%3A4/runs/r2/log", "broke off\n")) {
            assertThat(server.run("logs", "demo:4").out()).isEqualTo("begins\nends\n");
            assertThat(server.run("logs", "demo:4", "-n", "1").out()).isEqualTo("ends\n");
            assertThat(server.run("logs", "demo:4", "--run", "r2").out()).isEqualTo("broke off\n");
            assertThat(server.run("logs", "demo:4", "--follow").out()).isEqualTo("begins\nends\n");
        }
    }

    @Test
    void shouldFollowATrialThroughItsRunsToItsEnd() throws Exception {
        try (ScriptedServer server = new ScriptedServer(home)
                .answer(
                        "GET /api/v1/trials/demo%3A4",
                        Answers.trial(4, "RUNNING", ",\"runs\":[{\"runId\":\"r1\",\"stands\":false}]"),
                        Answers.trial(4, "RUNNING", RUNS.formatted(false)),
                        Answers.trial(4, "COMPLETED", RUNS.formatted(false)))
                .answer("GET /api/v1/trials/demo%3A4/runs/r1/log", "begins\n")
                .answer("GET /api/v1/trials/demo%3A4/runs/r2/log", "begins again\n", "begins again\nends\n")) {
            assertThat(server.run("logs", "demo:4", "--follow").out()).isEqualTo("begins\nbegins again\nends\n");
        }
    }

    @Test
    void shouldSayThatATrialHasNoLogYet() throws Exception {
        try (ScriptedServer server = new ScriptedServer(home)
                .answer("GET /api/v1/trials/demo%3A4", Answers.trial(4, "RUNNING", RUNS.formatted(false)))) {
            Ran ran = server.run("logs", "demo:4");

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err()).contains("demo:4 has no log yet");
        }
    }

    private Ran logs(String... arguments) {
        return ScriptedServer.run(
                home,
                "",
                IntStream.range(-1, arguments.length)
                        .mapToObj(i -> i < 0 ? "logs" : arguments[i])
                        .toArray(String[]::new));
    }

    private Path write(String process, String text) throws Exception {
        Path logs = Files.createDirectories(home.resolve(".trialstream/logs"));
        return Files.writeString(logs.resolve(process + ".log"), text, StandardCharsets.UTF_8);
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }
}
