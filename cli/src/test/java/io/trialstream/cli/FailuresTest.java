package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.ScriptedServer.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors that say what helps. */
class FailuresTest {
    @TempDir
    Path home;

    @Test
    void shouldNameTheApiKeyWhereItIsMissingOrTooWeak() throws Exception {
        try (ScriptedServer server = new ScriptedServer(home)
                .refuse("GET /api/v1/studies/a", 401, "{\"title\":\"Unauthorized\",\"detail\":\"no credential\"}")
                .refuse("GET /api/v1/studies/b", 403, "{\"title\":\"Forbidden\"}")) {
            assertThat(server.run("study", "show", "a").err())
                    .isEqualToNormalizingNewlines(
                            "Unauthorized: no credential\n" + "set TRIALSTREAM_API_KEY to an API key of this server\n");
            assertThat(server.run("study", "show", "b").err()).contains("TRIALSTREAM_API_KEY", "role");
        }
    }

    @Test
    void shouldNameTheWaysToAServerWhereNobodyAnswers() {
        Ran ran = ScriptedServer.run(home, "", "study", "list", "--url", "http://127.0.0.1:1");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .contains("no answer from http://127.0.0.1:1")
                .contains("trialstream status", "--data-dir", "--url", "TRIALSTREAM_URL");
    }

    @Test
    void shouldNameTheWaysToAServerWhereNoStackRuns() {
        assertThat(ScriptedServer.run(home, "", "study", "list").err())
                .contains("no stack runs in " + home.resolve(".trialstream"))
                .contains("trialstream up", "--data-dir", "--url", "TRIALSTREAM_URL");
        assertThat(ScriptedServer.run(home, "", "dead-letters", "list").err())
                .contains("--data-dir", "--bootstrap-servers");
    }

    @Test
    void shouldRefuseAnAddressThatIsNone() {
        for (String address : new String[] {"localhost:8080", "http://", "http://a b", "ftp://host"}) {
            Ran ran = ScriptedServer.run(home, "", "study", "list", "--url", address);

            assertThat(ran.exitCode()).as(address).isEqualTo(1);
            assertThat(ran.err().strip())
                    .isEqualTo("--url: '" + address + "' is not a URL such as http://127.0.0.1:8080");
        }
    }

    @Test
    void shouldExitWithTwoOnWrongUse() {
        assertThat(ScriptedServer.run(home, "", "trial", "list", "--limit", "0").exitCode())
                .isEqualTo(2);
        assertThat(ScriptedServer.run(home, "", "logs", "broker", "-n", "-1").exitCode())
                .isEqualTo(2);
        assertThat(ScriptedServer.run(home, "", "leaderboard", "--limit", "many")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void shouldDocumentItsExitCodes() {
        assertThat(ScriptedServer.run(home, "", "--help").out())
                .containsPattern("0 +done")
                .containsPattern("1 +failed")
                .containsPattern("2 +usage error")
                .containsPattern("3 +the study");
    }

    @Test
    void shouldSayOnlyWhatWasAskedForWhenQuiet() throws Exception {
        try (ScriptedServer server = new ScriptedServer(home)
                .answer("POST /api/v1/studies", Answers.running())
                .answer("GET /api/v1/studies/demo", Answers.running(), Answers.study("COMPLETED", 0, 8, 0, ""))
                .answer("GET /api/v1/studies/demo-6f1c2a/leaderboard?limit=20", Answers.leaderboard())) {
            assertThat(server.runTyping("name: demo\n", "study", "create", "-", "--quiet")
                            .out()
                            .strip())
                    .isEqualTo("created demo (demo-6f1c2a)");
            assertThat(server.run("--quiet", "watch", "demo").out())
                    .isEqualToNormalizingNewlines("no trial is completed yet\n");
        }
    }
}
