package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LibtorchConfigurationTest {

    @Test
    void shouldPinItsDefaults() {
        LibtorchConfiguration configuration = read(Map.of());

        assertThat(configuration.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(configuration.paddedWidths()).isEmpty();
        assertThat(configuration.imagesOnDevice()).isEmpty();
    }

    @Test
    void shouldSuitTheDevice() {
        LibtorchConfiguration configuration = read(Map.of());

        assertThat(EngineOptions.of(TorchDevice.CPU, configuration))
                .isEqualTo(new EngineOptions(false, false, Precision.FLOAT32));
        assertThat(EngineOptions.of(TorchDevice.CUDA, configuration))
                .isEqualTo(new EngineOptions(true, true, Precision.FLOAT32));
    }

    @Test
    void shouldDoAsItIsTold() {
        LibtorchConfiguration configuration = read(Map.of(
                "trialstream.trainer.libtorch.precision", "bf16",
                "trialstream.trainer.libtorch.padded-widths", "false",
                "trialstream.trainer.libtorch.images-on-device", "true"));

        for (TorchDevice device : TorchDevice.values()) {
            assertThat(EngineOptions.of(device, configuration))
                    .isEqualTo(new EngineOptions(false, true, Precision.BF16));
        }
    }

    private static LibtorchConfiguration read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(LibtorchConfiguration.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(LibtorchConfiguration.class);
    }
}
