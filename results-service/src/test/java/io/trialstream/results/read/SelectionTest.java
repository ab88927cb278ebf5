package io.trialstream.results.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

    @Test
    void shouldReadOnlyTheColumnsOfItsFields() {
        assertThat(Selection.parse(List.of("objective", "number", "configuration.lr"))
                        .columns())
                .isEqualTo("t.number, t.objective, t.configuration");
        assertThat(Selection.parse(List.of("reason")).columns()).isEqualTo("t.reason_code, t.reason_text");
        assertThat(Selection.all().columns().split(", "))
                .doesNotHaveDuplicates()
                .contains("t.best_metrics");
    }

    @Test
    void shouldShowAWholeObjectEvenIfAMemberIsNamedToo() {
        assertThat(Selection.parse(List.of("best.loss", "best")))
                .hasToString(Selection.of(TrialField.BEST).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"beauty", "best.", "number.x", "", "."})
    void shouldRefuseWhatTrialsDoNotHave(String name) {
        assertThatThrownBy(() -> Selection.parse(List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }
}
