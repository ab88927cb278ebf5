package io.trialstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.view.Table.Column;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void shouldColourHeadingsAndStatesOnATerminalOnly() {
        Table table = Table.of(Column.left("NAME"), Column.state("STATE"), Column.right("N"))
                .row("a", "FAILED", "1")
                .row("b", "QUEUED", "22");

        assertThat(table.lines(new Screen(80, true)))
                .containsExactly(
                        "\u001b[1mNAME\u001b[0m  \u001b[1mSTATE \u001b[0m  \u001b[1m N\u001b[0m",
                        "a     \u001b[31mFAILED\u001b[0m   1",
                        "b     QUEUED  22");
        assertThat(table.lines(Screen.plain(80)))
                .containsExactly("NAME  STATE    N", "a     FAILED   1", "b     QUEUED  22");
    }

    @Test
    void shouldCountOnlyWhatIsSeenWhenItCuts() {
        Table table = Table.of(Column.left("NAME"), Column.state("STATE")).row("a", "COMPLETED");

        assertThat(table.lines(new Screen(10, true))).element(1).isEqualTo("a     \u001b[32mCOM…\u001b[0m");
    }

    @Test
    void shouldNotLetACellSteerTheTerminal() {
        Table table = Table.of(Column.left("REASON")).row("a\u001b[2Jb\nc");

        assertThat(table.lines(80)).element(1).isEqualTo("a\\u001b[2Jb\\nc");
    }

    @Test
    void shouldHeedTheEnvironmentThatWantsNoColours() {
        assertThat(Screen.wantsColours(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Screen.wantsColours(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Screen.wantsColours(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Screen.wantsColours(Map.of("TERM", "dumb"))).isFalse();
    }
}
