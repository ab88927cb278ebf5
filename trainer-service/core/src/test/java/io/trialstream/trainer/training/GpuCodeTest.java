package io.trialstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuCodeTest {
    private static final GpuCode CODE = GpuCode.of("a library", "take another", "7.5", "8.0", "8.6", "10.0", "12.0");

    /** The same major version, and at least the minor one; nothing older, newer, or between. */
    @ParameterizedTest
    @CsvSource({
        "7.5, true",
        "8.0, true",
        "8.6, true",
        "8.9, true",
        "10.0, true",
        "10.3, true",
        "12.1, true",
        "3.7, false",
        "7.0, false",
        "9.0, false",
        "11.0, false",
        "13.0, false"
    })
    void shouldKnowWhatRunsIt(String gpu, boolean runs) {
        assertThat(CODE.runsOn(ComputeCapability.of(gpu))).isEqualTo(runs);
        assertThat(CODE.finding(Optional.of(ComputeCapability.of(gpu))).isEmpty())
                .isEqualTo(runs);
    }

    @Test
    void shouldSayWhyAndWhatToDo() {
        assertThat(CODE.finding(Optional.of(ComputeCapability.of("9.0")))).hasValueSatisfying(reason -> {
            assertThat(reason.code()).isEqualTo("UNSUPPORTED_GPU");
            assertThat(reason.text())
                    .isEqualTo("this machine's GPU has compute capability 9.0, a library has machine code for 7.5, 8.0,"
                            + " 8.6, 10.0, 12.0: it would train on the CPU; take another");
        });
        assertThat(CODE.finding(Optional.empty()))
                .hasValueSatisfying(reason -> assertThat(reason.code()).isEqualTo("NO_GPU"));
    }

    @Test
    void shouldRefuseWhatIsNoCapability() {
        assertThatIllegalArgumentException().isThrownBy(() -> ComputeCapability.of("0.0"));
        assertThatIllegalArgumentException().isThrownBy(() -> ComputeCapability.of("8.x"));
    }
}
