package io.trialstream.results.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialPlaceTest {

    @Test
    void shouldBeReadAsItWasWritten() {
        for (TrialPlace place : new TrialPlace[] {
            new TrialPlace(OptionalDouble.of(-0.1), 7),
            new TrialPlace(OptionalDouble.of(Double.MIN_VALUE), 0),
            new TrialPlace(OptionalDouble.empty(), 999_999)
        }) {
            assertThat(TrialPlace.parse(place.text())).isEqualTo(place);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "a@1", "1@", "1@x", "NaN@1", "Infinity@1", "1@99999999999"})
    void shouldRefuseWhatIsNone(String text) {
        assertThatThrownBy(() -> TrialPlace.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
