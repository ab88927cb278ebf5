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

        assertThat(LeaderboardTable.lines(ranked, Screen.plain(160)))
                .containsExactly(
                        "RANK  TRIAL  OBJECTIVE  ORIGIN    EPOCHS  TRAINED  TRAINER    lr       units  act   residual  conv.size",
                        "   1  #7        0.1235  model          4   2m 05s  trainer-1  0.01313  64     relu",
                        "   2  #12       0.0500  start-up       4      59s  trainer-1  2.5                   null      3");
    }

    @Test
    void shouldShowOnlyTheParametersThatDiffer() throws Exception {
        List<TrialView> ranked = List.of(
                trial(1, "MODEL", 0.2, Duration.ofMillis(40), "{\"lr\":0.1,\"act\":\"relu\",\"size\":3}"),
                trial(2, "MODEL", 1e-9, Duration.ofMillis(1500), "{\"lr\":0.2,\"act\":\"relu\",\"size\":3}"));

        assertThat(LeaderboardTable.lines(ranked, Screen.plain(160)))
                .containsExactly(
                        "RANK  TRIAL  OBJECTIVE  ORIGIN  EPOCHS  TRAINED  TRAINER    lr",
                        "   1  #1        0.2000  model        4     40ms  trainer-1  0.1",
                        "   2  #2          1e-9  model        4     1.5s  trainer-1  0.2");
        assertThat(LeaderboardTable.wide(ranked, Screen.plain(30)))
                .containsExactly(
                        "RANK  TRIAL  OBJECTIVE  ORIGIN  EPOCHS  TRAINED  TRAINER    lr   act   size",
                        "   1  #1        0.2000  model        4     40ms  trainer-1  0.1  relu  3",
                        "   2  #2          1e-9  model        4     1.5s  trainer-1  0.2  relu  3");
        assertThat(LeaderboardTable.lines(ranked.subList(0, 1), Screen.plain(160))
                        .get(0))
                .endsWith("lr   act   size");
    }

    @Test
    void shouldNameTheParametersForWhichThereIsNoRoom() throws Exception {
        List<TrialView> ranked = List.of(
                trial(1, "MODEL", 0.2, Duration.ofSeconds(1), "{\"lr\":0.1,\"width\":1,\"dropout\":0.5}"),
                trial(2, "MODEL", 0.1, Duration.ofSeconds(1), "{\"lr\":0.2,\"width\":2,\"dropout\":0.6}"));

        assertThat(LeaderboardTable.lines(ranked, Screen.plain(72)))
                .element(0)
                .asString()
                .endsWith("TRAINER    lr   width");
        assertThat(LeaderboardTable.lines(ranked, Screen.plain(72))).last().isEqualTo("--wide also shows dropout");
    }

    @Test
    void shouldCutWhatTheTerminalCannotShow() throws Exception {
        List<TrialView> ranked = List.of(trial(7, "MODEL", 0.5, Duration.ofSeconds(1), "{\"lr\":0.013131313}"));

        assertThat(LeaderboardTable.lines(ranked, Screen.plain(50)))
                .allMatch(line -> line.length() <= 50)
                .element(1)
                .asString()
                .endsWith("…");
    }

    @Test
    void shouldKeepATrialOnItsLine() throws Exception {
        List<TrialView> ranked = List.of(
                trial(7, "MODEL", 0.5, Duration.ofSeconds(1), "{\"c\":\"x\\ny\",\"d\\n\":\"\\u001b[31m\"}"),
                trial(8, "MODEL", 0.4, Duration.ofSeconds(1), "{\"c\":\"x\",\"d\\n\":\"z\"}"));

        List<String> lines = LeaderboardTable.lines(ranked, Screen.plain(160));

        assertThat(lines).hasSize(3).noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
        assertThat(lines.get(0)).contains("d\\n");
        assertThat(lines.get(1)).contains("x\\ny").contains("\\u001b[31m");
    }

    @Test
    void shouldSayThatThereIsNothingYet() {
        assertThat(LeaderboardTable.lines(List.of(), Screen.plain(80))).containsExactly("no trial is completed yet");
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
