package io.trialstream.contracts;

/**
 * The sampler that made a suggestion, exact enough to make it again.
 *
 * @param type the sampler's name in a study file
 * @param version counts changes that alter suggestions
 */
public record SamplerStamp(String type, int version) {

    /** Refuses a blank type. */
    public SamplerStamp {
        Require.text("sampler.type", type);
        Require.atLeast("sampler.version", 1, version);
    }
}
