package io.trialstream.results.api;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How much each parameter decides.
 *
 * @param studyId the study
 * @param method how that was found
 * @param quantile the part of the trials that count as the best
 * @param trials how much evidence was looked at
 * @param sampled whether that is a random sample of more
 * @param reason why there is nothing to say yet, if so
 * @param parameters the most important first
 */
@Schema(description = "PED-ANOVA: a parameter is important if its values in the best trials are unlike those in all")
public record Importance(
        String studyId,
        @Schema(examples = "PED-ANOVA") String method,
        double quantile,
        int trials,
        boolean sampled,
        Optional<String> reason,
        List<Parameter> parameters) {

    /**
     * A parameter's importance.
     *
     * @param label its label in the space
     * @param path where the space has it
     * @param share its part of the whole; all sum to 1
     * @param divergence Pearson's divergence, before scaling
     * @param trials in how many trials it took part
     */
    @Schema(name = "ParameterImportance")
    public record Parameter(String label, String path, double share, double divergence, int trials) {}
}
