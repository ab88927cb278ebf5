package io.trialstream.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.trainer.training.ComputeCapability;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuTest {

    /** Kepler's last to Ampere, and Ada, which runs Ampere's code. */
    @ParameterizedTest
    @ValueSource(strings = {"3.7", "5.0", "5.3", "6.1", "7.0", "7.2", "7.5", "8.0", "8.6", "8.9"})
    void shouldTakeGpusThatTheLibraryHasCodeFor(String gpu) {
        assertThat(Gpu.CODE.finding(Optional.of(ComputeCapability.of(gpu)))).isEmpty();
    }

    /** Hopper and Blackwell: the library has nothing that their drivers could compile. */
    @ParameterizedTest
    @ValueSource(strings = {"3.5", "9.0", "10.0", "12.0"})
    void shouldNameTheOtherEngineForOtherGpus(String gpu) {
        assertThat(Gpu.CODE.finding(Optional.of(ComputeCapability.of(gpu)))).hasValueSatisfying(reason -> {
            assertThat(reason.code()).isEqualTo("UNSUPPORTED_GPU");
            assertThat(reason.text()).contains("compute capability " + gpu, "libtorch");
        });
    }
}
