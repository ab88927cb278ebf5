package io.trialstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.cli.client.TrialView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LeaderboardTableTest {

    @Test
    void shouldRankWithOriginAndConfiguration() throws Exception {
        List<TrialView> ranked = List.of(
                trial(
                        7,
                        "MODEL",
                        0.12345,
                        Duration.ofSeconds(125),
                        "{\"lr\":0.013131313,\"units\":64.0,\"act\":\"relu\"}"),
                trial(
                        12,
                        "STARTUP",
                        0.05,
                        Duration.ofSeconds(59),
                        "{\"lr\":2.5,\"residual\":null,\"conv\":{\"size\":3}}"));

        assertThat(LeaderboardTable.lines(ranked, 160))
                .containsExactly(
                        "RANK  TRIAL  OBJECTIVE  ORIGIN    EPOCHS  TRAINED  TRAINER    CONFIGURATION",
                        "   1  #7        0.1235  model          4   2m 05s  trainer-1  lr=0.01313 units=64 act=relu",
                        "   2  #12       0.0500  start-up       4      59s  trainer-1  lr=2.5 residual=null conv={size=3}");
    }

    @Test
    void shouldCutWhatTheTerminalCannotShow() throws Exception {
        List<TrialView> ranked = List.of(trial(7, "MODEL", 0.5, Duration.ofSeconds(1), "{\"lr\":0.013131313}"));

        assertThat(LeaderboardTable.lines(ranked, 50))
                .allMatch(line -> line.length() <= 50)
                .element(1)
                .asString()
                .endsWith("…");
    }

    @Test
    void shouldSayThatThereIsNothingYet() {
        assertThat(LeaderboardTable.lines(List.of(), 80)).containsExactly("no trial is completed yet");
    }

    private static TrialView trial(int number, String origin, double objective, Duration trained, String configuration)
            throws Exception {
        JsonNode tree = new ObjectMapper().readTree(configuration);
        return new TrialView(
                "s1:" + number,
                number,
                "COMPLETED",
                origin,
                OptionalInt.empty(),
                OptionalDouble.of(objective),
                4,
                Optional.of(trained),
                Optional.of("trainer-1"),
                Optional.empty(),
                tree);
    }
}
