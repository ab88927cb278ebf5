package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.Reason;
import io.trialstream.trainer.training.ComputeCapability;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCheckTest {

    /** Turing, Ampere, Ada, Hopper, Blackwell in both kinds. */
    @ParameterizedTest
    @ValueSource(strings = {"7.5", "8.0", "8.6", "8.9", "9.0", "10.0", "10.3", "12.0", "12.1"})
    void shouldTakeGpusThatTheLibraryHasCodeFor(String gpu) {
        assertThat(EngineCheck.finding(true, Optional.of(ComputeCapability.of(gpu)), true))
                .isEmpty();
    }

    /** Pascal and Volta. */
    @ParameterizedTest
    @ValueSource(strings = {"6.1", "7.0"})
    void shouldNameTheOtherEngineForOlderGpus(String gpu) {
        assertThat(EngineCheck.finding(true, Optional.of(ComputeCapability.of(gpu)), true))
                .hasValueSatisfying(reason -> {
                    assertThat(reason.code()).isEqualTo("UNSUPPORTED_GPU");
                    assertThat(reason.text()).contains(gpu, "7.5, 8.0, 9.0, 10.0, 12.0", "dl4j");
                });
    }

    @Test
    void shouldNotTrainOnTheCpuUnasked() {
        assertThat(EngineCheck.finding(true, Optional.empty(), true))
                .map(Reason::code)
                .contains("NO_GPU");
    }

    @Test
    void shouldMissOneDnnOnTheCpuOnly() {
        assertThat(EngineCheck.finding(false, Optional.empty(), false))
                .map(Reason::code)
                .contains("SLOW_ENGINE");
        assertThat(EngineCheck.finding(false, Optional.empty(), true)).isEmpty();
    }

    @Test
    void shouldSayWhatABuildForGpusNeeds() {
        UnsatisfiedLinkError error = new UnsatisfiedLinkError("no jnitorch in java.library.path");
        error.initCause(new UnsatisfiedLinkError("libcupti.so.13: cannot open shared object file"));

        assertThat(Gpu.explained(error, true))
                .hasMessageContaining("CUDA 13")
                .hasMessageContaining("libcupti.so.13")
                .hasCause(error);
        assertThat(Gpu.explained(error, false)).hasMessageNotContaining("CUDA");
    }
}
