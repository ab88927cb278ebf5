package io.trialstream.trainer.libtorch;

import java.util.Locale;

/** What an array of a layer's weights is for. */
enum WeightRole {
    /** Of convolutions {@code [out, in, height, width]}, of dense layers {@code [in, out]}. */
    KERNEL,
    BIAS,
    /** Batch normalisation's scale. */
    GAMMA,
    /** Batch normalisation's shift. */
    BETA,
    /** Batch normalisation's running mean, not trained. */
    MEAN,
    /** Batch normalisation's running variance, not trained. */
    VARIANCE;

    boolean isTrained() {
        return this != MEAN && this != VARIANCE;
    }

    /** As checkpoints and exported weights name it, behind the layer's name. */
    String key(String layer) {
        return layer + "/" + name().toLowerCase(Locale.ROOT);
    }
}
