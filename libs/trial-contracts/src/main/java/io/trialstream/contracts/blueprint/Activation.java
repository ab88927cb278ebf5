package io.trialstream.contracts.blueprint;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a layer applies to its linear output. */
public enum Activation {
    /** f(x) = x. */
    @JsonProperty("linear")
    LINEAR,
    /** f(x) = max(0, x). */
    @JsonProperty("relu")
    RELU,
    /** f(x) = x for x &gt; 0, exp(x) - 1 otherwise. */
    @JsonProperty("elu")
    ELU,
    /** f(x) = s x for x &gt; 0, s a (exp(x) - 1) otherwise; s = 1.0507009873554805, a = 1.6732632423543772. */
    @JsonProperty("selu")
    SELU,
    /** exp(x_i) / sum_j exp(x_j), over the classes of a head. */
    @JsonProperty("softmax")
    SOFTMAX
}
