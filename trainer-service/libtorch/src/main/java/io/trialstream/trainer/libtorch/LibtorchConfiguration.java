package io.trialstream.trainer.libtorch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The settings of this engine, beside those of every trainer. */
@ConfigMapping(prefix = "trialstream.trainer.libtorch")
public interface LibtorchConfiguration {

    /** How exactly layers multiply: {@code float32}, {@code tf32} or {@code bf16}. */
    @WithDefault("float32")
    Precision precision();

    /** Whether widths are padded with zeros to multiples of eight; by default on a GPU. Results are the same. */
    Optional<Boolean> paddedWidths();

    /** Whether images lie on the device and batches are assembled there; by default on a GPU. Results are the same. */
    Optional<Boolean> imagesOnDevice();
}
