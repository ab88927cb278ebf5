package io.trialstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.StudyView.Best;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final Optional<Duration> FOUR_MINUTES = Optional.of(Duration.ofSeconds(240));

    @Test
    void shouldSayFinishedRunningBestAndEstimate() {
        StudyView study = study("RUNNING", Map.of("completed", 3, "running", 2), OptionalInt.of(8));

        assertThat(ProgressLine.of(study, FOUR_MINUTES))
                .isEqualTo("trials 3/8 · running 2 · best 0.0713 (#2) · ETA 4m 00s");
    }

    @Test
    void shouldCountEveryEndAndNameOnlyTheStatesThatOccur() {
        StudyView study = study(
                "RUNNING",
                Map.of("completed", 30, "pruned", 6, "failed", 1, "infeasible", 0, "running", 4, "cancelled", 2),
                OptionalInt.of(100));

        assertThat(ProgressLine.of(study, Optional.empty()))
                .isEqualTo("trials 37/100 · running 4 · pruned 6 · failed 1 · best 0.0713 (#2)");
    }

    @Test
    void shouldSayThatAStudyIsPausedInsteadOfEstimating() {
        StudyView study = study("PAUSED", Map.of("completed", 3, "running", 0), OptionalInt.of(8));

        assertThat(ProgressLine.of(study, FOUR_MINUTES))
                .isEqualTo("trials 3/8 · running 0 · best 0.0713 (#2) · paused");
    }

    @Test
    void shouldSayWhatAStudyWaitsFor() throws Exception {
        StudyView study = StudyView.from(
                new ObjectMapper()
                        .readTree(
                                """
                        {"studyId":"s1","name":"demo","state":"RUNNING","budget":{"trials":8},"trials":{"queued":1},
                         "waitingFor":{"code":"NO_TRAINERS","text":"pool py has no trainers"}}"""));

        assertThat(ProgressLine.of(study, Optional.empty()))
                .isEqualTo("trials 0/8 · running 0 · waits: pool py has no trainers");
    }

    @Test
    void shouldDrawABarWhereTheBudgetBoundsTheTrials() {
        StudyView bounded = study("RUNNING", Map.of("completed", 4), OptionalInt.of(8));
        StudyView unbounded = study("RUNNING", Map.of("completed", 4), OptionalInt.empty());

        assertThat(ProgressLine.withBar(bounded, Optional.empty(), 120))
                .startsWith("█".repeat(10) + "░".repeat(10) + " trials 4/8");
        assertThat(ProgressLine.withBar(unbounded, Optional.empty(), 120)).startsWith("trials 4 ·");
    }

    @Test
    void shouldNotPassTheTerminalsWidth() {
        StudyView study = study("RUNNING", Map.of("completed", 4), OptionalInt.of(8));

        assertThat(ProgressLine.withBar(study, FOUR_MINUTES, 40)).hasSize(40).endsWith("…");
    }

    @Test
    void shouldCountImportedTrialsBesideTheBudget() {
        StudyView study = study("COMPLETED", Map.of("completed", 44, "imported", 42), OptionalInt.of(2));

        assertThat(ProgressLine.of(study, Optional.empty())).startsWith("trials 2/2 (+42 imported)");
        assertThat(StudyTable.lines(List.of(study), Screen.plain(200)).get(1)).contains("2/2 (+42 imported)");
    }

    private static StudyView study(String state, Map<String, Integer> trials, OptionalInt budget) {
        return new StudyView(
                "s1",
                "demo",
                state,
                Optional.empty(),
                Optional.empty(),
                trials,
                budget,
                Optional.of(new Best(2, 0.07134)),
                Optional.empty());
    }
}
