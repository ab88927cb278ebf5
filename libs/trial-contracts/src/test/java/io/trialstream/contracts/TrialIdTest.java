package io.trialstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialIdTest {

    @Test
    void shouldReadWhatItWrites() {
        TrialId id = new TrialId("cifar100-seed", 2_147_483_647);

        assertThat(id).hasToString("cifar100-seed:2147483647");
        assertThat(TrialId.parse(id.toString())).isEqualTo(id);
        assertThat(TrialId.parse("a:0")).isEqualTo(new TrialId("a", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                ":1",
                "a:",
                "a:-1",
                "a:+1",
                "a:01",
                "a: 1",
                "a:1x",
                "a:b:1",
                "a/b:1",
                "a:2147483648",
                "a:99999999999999"
            })
    void shouldRefuseEveryOtherSpelling(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrialId.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void shouldRefuseAnAbsentStudyANegativeNumberAndAColon() {
        assertThatExceptionOfType(MissingFieldException.class)
                .isThrownBy(() -> new TrialId(null, 0))
                .withMessage("missing field 'studyId'");
        assertThatExceptionOfType(MissingFieldException.class).isThrownBy(() -> TrialId.parse(null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrialId("a", -1))
                .withMessage("number must be at least 0, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrialId("a:b", 1))
                .withMessageContaining("must not contain ':'");
    }

    @Test
    void shouldOrderByStudyAndThenByNumber() {
        List<TrialId> ids = List.of(new TrialId("b", 0), new TrialId("a", 10), new TrialId("a", 9));

        assertThat(ids.stream().sorted())
                .containsExactly(new TrialId("a", 9), new TrialId("a", 10), new TrialId("b", 0));
    }
}
