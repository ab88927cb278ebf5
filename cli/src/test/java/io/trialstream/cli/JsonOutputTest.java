package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.cli.ScriptedServer.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands write for programs. */
class JsonOutputTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private ScriptedServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new ScriptedServer(home)
                .answer("GET /api/v1/studies/demo", Answers.running())
                .answer("GET /api/v1/studies?pageSize=200", "{\"items\":[" + Answers.running() + "]}")
                .answer("POST /api/v1/studies", Answers.running())
                .answer("DELETE /api/v1/studies/demo-6f1c2a", Answers.study("DELETED", 0, 3, 0, ""));
        for (String command : new String[] {"pause", "resume", "stop", "stop?now=true"}) {
            server.answer("POST /api/v1/studies/demo/" + command, Answers.running());
        }
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "study show demo",
                "study pause demo",
                "study resume demo",
                "study stop demo",
                "study stop demo --now",
                "study create STUDY_FILE"
            })
    void shouldWriteTheStudyAsTheServerAnswersIt(String command) throws Exception {
        Path file = Files.writeString(home.resolve("demo.yaml"), "name: demo\n");

        assertThat(json(command.replace("STUDY_FILE", file.toString()).split(" ")))
                .isEqualTo(JSON.readTree(Answers.running()));
    }

    @Test
    void shouldWriteTheDeletedStudy() throws Exception {
        assertThat(json("study", "delete", "demo", "--yes", "demo")
                        .path("state")
                        .asText())
                .isEqualTo("DELETED");
    }

    @Test
    void shouldWriteAllStudiesAsOnePage() throws Exception {
        assertThat(json("study", "list").at("/items/0/name").asText()).isEqualTo("demo");
    }

    @Test
    void shouldWriteALeaderboardAsTheServerAnswersIt() throws Exception {
        String leaderboard = Answers.leaderboard(Answers.completed(4, 0.5));
        server.answer("GET /api/v1/studies/demo/leaderboard?limit=20", leaderboard);

        assertThat(json("leaderboard", "demo")).isEqualTo(JSON.readTree(leaderboard));
    }

    @Test
    void shouldWriteATrialWithItsCurve() throws Exception {
        server.answer("GET /api/v1/trials/demo%3A4", Answers.completed(4, 0.5))
                .answer("GET /api/v1/trials/demo%3A4/curve", "{\"trialId\":\"demo-6f1c2a:4\",\"epochs\":[]}");

        JsonNode written = json("trial", "show", "demo:4");

        assertThat(written.at("/trial/number").asInt()).isEqualTo(4);
        assertThat(written.at("/curve/epochs").isArray()).isTrue();
    }

    @Test
    void shouldWriteASelectionOfTrialsAndWhereItGoesOn() throws Exception {
        server.answer(
                "GET /api/v1/studies/demo/trials?pageSize=1&orderBy=objective%20desc&param.lr=0.05..0.2"
                        + "&state=completed%2Cpruned",
                "{\"items\":[" + Answers.completed(4, 0.5) + "],\"nextPageToken\":\"abc\"}");

        JsonNode written = json(
                "trial",
                "list",
                "demo",
                "--state",
                "completed,pruned",
                "--where",
                "lr=0.05..0.2",
                "--sort",
                "objective:desc",
                "--limit",
                "1");

        assertThat(written.at("/items/0/number").asInt()).isEqualTo(4);
        assertThat(written.path("nextPageToken").asText()).isEqualTo("abc");
    }

    @Test
    void shouldGatherPagesUpToTheLimit() throws Exception {
        server.answer(
                        "GET /api/v1/studies/demo/trials?pageSize=1000",
                        "{\"items\":[" + Answers.completed(0, 0.5) + "],\"nextPageToken\":\"p1\"}")
                .answer(
                        "GET /api/v1/studies/demo/trials?pageSize=1000&pageToken=p1",
                        "{\"items\":[" + Answers.completed(1, 0.5) + "]}");

        JsonNode written = json("trial", "list", "demo", "--limit", "3000");

        assertThat(written.path("items")).hasSize(2);
        assertThat(written.has("nextPageToken")).isFalse();
    }

    @Test
    void shouldWriteALineForEachChangeOfAWatchedStudy() throws Exception {
        server = new ScriptedServer(home)
                .answer(
                        "GET /api/v1/studies/demo",
                        Answers.running(),
                        Answers.running(),
                        Answers.study("COMPLETED", 0, 8, 0, ""));

        Ran watched = server.run("watch", "demo", "--json");

        assertThat(watched.exitCode()).isZero();
        assertThat(watched.out().lines()).hasSize(2).allSatisfy(line -> {
            assertThat(JSON.readTree(line).path("studyId").asText()).isEqualTo("demo-6f1c2a");
            assertThat(JSON.readTree(line).has("spec")).isFalse();
        });
    }

    @Test
    void shouldWriteWhatRunsOfAStack() throws Exception {
        Ran ran = ScriptedServer.run(home, "", "status", "--json");

        assertThat(ran.exitCode()).isEqualTo(1);
        JsonNode status = JSON.readTree(ran.out());
        assertThat(status.path("directory").asText())
                .isEqualTo(home.resolve(".trialstream").toString());
        assertThat(status.path("running").isBoolean()).isTrue();
        assertThat(status.path("processes").isArray()).isTrue();
    }

    private JsonNode json(String... arguments) throws Exception {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        Ran ran = server.run(all);
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return JSON.readTree(ran.out());
    }
}
