package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.cli.ScriptedServer.Ran;
import io.trialstream.cli.client.NamedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that gains a file for each finished trial. */
class SeedFollowTest {
    private static final String COMPLETED =
            "GET /api/v1/studies/demo-6f1c2a/trials?pageSize=1000&fields=number&state=completed";

    @TempDir
    Path home;

    @Test
    void shouldGainAFileForEachFinishedTrialSortedByResult() throws Exception {
        Path folder = home.resolve("results");
        try (ScriptedServer server = serverWith(3)
                .answer(
                        "GET /api/v1/studies/demo-6f1c2a",
                        Answers.study("RUNNING", 2, 1, 0, ""),
                        Answers.study("RUNNING", 2, 1, 0, ""),
                        Answers.study("RUNNING", 1, 2, 0, ""),
                        Answers.study("COMPLETED", 0, 3, 0, ""))
                .answer(COMPLETED, numbers(0), numbers(0, 1), numbers(0, 1, 2))) {
            Ran ran = follow(server, folder);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(names(folder))
                    .containsExactly(
                            "model_0.000000_aaaaa.txt.json",
                            "model_0.100000_aaaaa.txt.json",
                            "model_0.200000_aaaaa.txt.json");
            assertThat(folder.resolve("model_0.100000_aaaaa.txt.json")).hasContent("{\"number\":1}");
            assertThat(server.requests().stream().filter(line -> line.contains("seed.json")))
                    .hasSize(3);
        }
    }

    @Test
    void shouldGoOnWhereItWasAndWriteAgainWhatWasRemoved() throws Exception {
        Path folder = home.resolve("results");
        try (ScriptedServer server = serverWith(3)
                .answer("GET /api/v1/studies/demo-6f1c2a", Answers.study("COMPLETED", 0, 3, 0, ""))
                .answer(COMPLETED, numbers(0, 1, 2))) {
            follow(server, folder);
            Files.delete(folder.resolve("model_0.100000_aaaaa.txt.json"));
            server.requests().clear();

            assertThat(follow(server, folder).exitCode()).isZero();

            assertThat(names(folder)).hasSize(3);
            assertThat(server.requests().stream().filter(line -> line.contains("seed.json")))
                    .containsExactly("GET /api/v1/trials/demo-6f1c2a%3A1/seed.json");
        }
    }

    @Test
    void shouldSayWhyAStudyHasNoSuchFiles() throws Exception {
        try (ScriptedServer server = new ScriptedServer(home)
                .answer("GET /api/v1/studies/demo", Answers.running())
                .answer("GET /api/v1/studies/demo-6f1c2a", Answers.study("COMPLETED", 0, 1, 0, ""))
                .answer(COMPLETED, numbers(0))
                .refuse("GET /api/v1/trials/demo-6f1c2a%3A0/seed.json", 409, "{\"title\":\"no such form\"}")) {
            Ran ran = follow(server, home.resolve("results"));

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err()).contains("no such form");
        }
    }

    @Test
    void shouldRefuseOptionsThatContradictIt() {
        for (String[] wrong :
                new String[][] {{"--follow", "d", "--format", "csv"}, {"--follow", "d", "--format", "seed", "-o", "x"}
                }) {
            Ran ran = ScriptedServer.run(
                    home,
                    "",
                    Stream.concat(Stream.of("export", "demo"), Stream.of(wrong)).toArray(String[]::new));

            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).contains("--follow");
        }
    }

    @Test
    void shouldKeepTrialsOfTheSameNameAndTheUsersFiles() throws Exception {
        Path mine = Files.writeString(home.resolve("model_0.5_a.txt.json"), "mine");
        SeedFolder folder = SeedFolder.open(home, "s1");

        assertThat(folder.add(1, file("one"))).isEqualTo("model_0.5_a-2.txt.json");
        assertThat(folder.add(2, file("two"))).isEqualTo("model_0.5_a-3.txt.json");
        assertThat(folder.add(2, file("two"))).isEqualTo("model_0.5_a-3.txt.json");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void shouldTakeUpAFileThatWasWrittenJustBeforeACrash() throws Exception {
        SeedFolder.open(home, "s1").add(1, file("one"));
        Files.delete(home.resolve(".trialstream.json"));

        assertThat(SeedFolder.open(home, "s1").add(1, file("one"))).isEqualTo("model_0.5_a.txt.json");
    }

    @Test
    void shouldNotMixStudies() throws Exception {
        SeedFolder.open(home, "s1").add(1, file("one"));

        assertThatThrownBy(() -> SeedFolder.open(home, "s2"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("holds the trials of study s1");
        Files.writeString(home.resolve(".trialstream.json"), "{");
        assertThatThrownBy(() -> SeedFolder.open(home, "s1")).hasMessageContaining("is damaged");
    }

    private ScriptedServer serverWith(int trials) throws IOException {
        ScriptedServer server = new ScriptedServer(home).answer("GET /api/v1/studies/demo", Answers.running());
        for (int number = 0; number < trials; number++) {
            server.answerFile(
                    "GET /api/v1/trials/demo-6f1c2a%3A" + number + "/seed.json",
                    "model_0." + number + "00000_aaaaa.txt.json",
                    "{\"number\":" + number + "}");
        }
        return server;
    }

    private static Ran follow(ScriptedServer server, Path folder) {
        return server.run("export", "demo", "--format", "seed", "--follow", folder.toString());
    }

    private static String numbers(int... numbers) {
        StringBuilder items = new StringBuilder();
        for (int number : numbers) {
            items.append(items.isEmpty() ? "" : ",")
                    .append("{\"number\":")
                    .append(number)
                    .append("}");
        }
        return "{\"items\":[" + items + "]}";
    }

    private static NamedFile file(String content) {
        return new NamedFile("model_0.5_a.txt.json", content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
