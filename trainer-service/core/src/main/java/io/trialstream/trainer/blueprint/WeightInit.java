package io.trialstream.trainer.blueprint;

/**
 * How kernels begin, as Keras defines it; biases begin at zero. fan_in is the number of values that an output value is
 * computed of, fan_out the number of output values that an input value has a part in, at stride 1. Normal values are
 * drawn again beyond two standard deviations, and the deviation is raised so that it is met after that.
 */
public enum WeightInit {
    /** Uniform within sqrt(6 / (fan_in + fan_out)). Glorot and Bengio, 2010. */
    GLOROT_UNIFORM,
    /** Normal of variance 2 / (fan_in + fan_out). */
    GLOROT_NORMAL,
    /** Uniform within sqrt(6 / fan_in). He et al., 2015. */
    HE_UNIFORM,
    /** Normal of variance 2 / fan_in. */
    HE_NORMAL,
    /** Normal of variance 1 / fan_in, which SELU asks for. Klambauer et al., 2017. */
    LECUN_NORMAL
}
