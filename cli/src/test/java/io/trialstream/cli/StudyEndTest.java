package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.cli.ScriptedServer.Ran;
import io.trialstream.cli.client.StudyView;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands that wait for a study say of its end. */
class StudyEndTest {
    private static final String SPENT =
            ",\"stateReason\":{\"code\":\"BUDGET_SPENT\",\"text\":\"all trials of the budget have ended\"}";
    private static final String WITHOUT_RESULT = Answers.study("COMPLETED", 0, 0, 8, SPENT);

    @TempDir
    Path home;

    @Test
    void shouldHaveNothingToSayOfAStudyWithAResult() throws Exception {
        assertThat(StudyEnd.complaint(study(Answers.study("COMPLETED", 0, 1, 7, ""))))
                .isEmpty();
        assertThat(StudyEnd.complaint(study(Answers.study("STOPPED", 0, 1, 0, ""))))
                .isEmpty();
    }

    @Test
    void shouldTellOfAStudyThatFailedWhateverItHas() throws Exception {
        String failed = Answers.study("FAILED", 0, 3, 0, ",\"stateReason\":{\"code\":\"X\",\"text\":\"no memory\"}");

        assertThat(StudyEnd.complaint(study(failed)))
                .hasValue("demo failed: no memory; each trial's reason: trialstream trial list demo");
    }

    @Test
    void shouldNotAdviseToLookAtTrialsWhereThereAreNone() throws Exception {
        assertThat(StudyEnd.complaint(study(Answers.study("STOPPED", 0, 0, 0, ""))))
                .hasValue("demo ended without a completed trial");
    }

    @Test
    void shouldEndAWatchWithItsOwnExitCodeAndTheReason() throws Exception {
        try (ScriptedServer server = new ScriptedServer(home).answer("GET /api/v1/studies/demo", WITHOUT_RESULT)) {
            Ran watched = server.run("watch", "demo");

            assertThat(watched.exitCode()).isEqualTo(3);
            assertThat(watched.err().strip())
                    .isEqualTo("demo ended without a completed trial: all trials of the budget have ended"
                            + " (8 infeasible); each trial's reason: trialstream trial list demo");
            assertThat(server.run("watch", "demo", "--json").exitCode()).isEqualTo(3);
        }
    }

    @Test
    void shouldWaitForACreatedStudy() throws Exception {
        try (ScriptedServer server = new ScriptedServer(home)
                .answer("POST /api/v1/studies", Answers.running())
                .answer("GET /api/v1/studies/demo-6f1c2a", Answers.running(), Answers.study("COMPLETED", 0, 8, 0, ""))
                .answer(
                        "GET /api/v1/studies/demo-6f1c2a/leaderboard?limit=20",
                        Answers.leaderboard(Answers.completed(4, 1e-9)))) {
            Ran created = server.runTyping("name: demo\n", "study", "create", "-", "--wait");

            assertThat(created.exitCode()).as(created.err()).isZero();
            assertThat(created.out())
                    .contains("created demo (demo-6f1c2a)", "trials 3/8", "trials 8/8", "1e-9", "250ms")
                    .doesNotContain("trialstream watch");
            assertThat(server.bodies()).contains("name: demo\n");

            server.answer("GET /api/v1/studies/demo-6f1c2a", WITHOUT_RESULT, WITHOUT_RESULT);
            server.run("study", "show", "demo-6f1c2a");
            assertThat(server.runTyping("name: demo\n", "study", "create", "-", "--wait")
                            .exitCode())
                    .isEqualTo(3);
        }
    }

    @Test
    void shouldBePatientWithAServerThatDoesNotKnowANewStudyYet() throws Exception {
        try (ScriptedServer server = new ScriptedServer(home)
                .answer("POST /api/v1/studies", Answers.running())
                .refuse("GET /api/v1/studies/demo-6f1c2a", 404, "{\"title\":\"no such study\"}")
                .refuse("GET /api/v1/studies/demo-6f1c2a", 404, "{\"title\":\"no such study\"}")
                .answer("GET /api/v1/studies/demo-6f1c2a", WITHOUT_RESULT)) {
            assertThat(server.runTyping("name: demo\n", "study", "create", "-", "--wait")
                            .exitCode())
                    .isEqualTo(3);
            assertThat(server.runTyping("", "watch", "nobody").err()).contains("not agreed");
        }
    }

    private static StudyView study(String json) throws Exception {
        return StudyView.from(new ObjectMapper().readTree(json));
    }
}
