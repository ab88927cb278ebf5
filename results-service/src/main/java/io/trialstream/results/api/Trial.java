package io.trialstream.results.api;

import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.TrialState;
import io.trialstream.rest.openapi.CommonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A trial as readers see it.
 *
 * @param trialId {@code studyId:number}
 * @param studyId the study it belongs to
 * @param number its number within the study, from 0
 * @param state where it stands
 * @param origin where its configuration came from
 * @param retrainOf the number of the trial that it trains again: then it is no evidence and takes nothing of the budget
 * @param dispatch how often it was queued
 * @param objective the objective at its best epoch
 * @param bestEpoch the epoch of the best objective, from 1
 * @param epochs how many epochs were trained so far
 * @param configuration its values under the space's keys
 * @param best all metrics at the best epoch; null where a value was not finite
 * @param end all metrics at the last epoch, and those measured once at the end
 * @param reason why it ended as it did, unless it completed
 * @param trainerId who trains it, or trained it
 * @param proposedAt when it was proposed
 * @param startedAt when its first run began, by the trainer's clock
 * @param finishedAt when it ended
 * @param trainingSeconds how long the run that stands trained
 * @param duplicateReports final reports that came after the one that stands
 * @param evidenceNumber its place in the evidence that the sampler learns from, gap-free per study from 1
 * @param sampler the sampler that suggested it and its version
 * @param runs every attempt, in the order of their start; left out of lists
 * @param artifacts the files that its runs left; left out of lists, and while their store does not answer
 */
@Schema(
        description = "One configuration and what came of it; where a request selects fields, with those alone",
        extensions = @Extension(name = CommonDocument.SELECTABLE, value = "true"))
public record Trial(
        @Schema(examples = "6f1c2a:17") String trialId,
        String studyId,
        int number,
        TrialState state,
        Origin origin,
        @Schema(description = "The number of the trial that it trains again; it is no evidence, and unranked")
                Optional<Integer> retrainOf,
        int dispatch,
        Optional<Double> objective,
        Optional<Integer> bestEpoch,
        int epochs,
        @Schema(type = SchemaType.OBJECT) Map<String, Object> configuration,
        @Schema(type = SchemaType.OBJECT) Map<String, Double> best,
        @Schema(type = SchemaType.OBJECT) Map<String, Double> end,
        Optional<Reason> reason,
        Optional<String> trainerId,
        Instant proposedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Double> trainingSeconds,
        int duplicateReports,
        Optional<Long> evidenceNumber,
        @Schema(examples = "hyperopt/1") String sampler,
        @Schema(description = "Every attempt, in the order of their start; left out of lists")
                Optional<List<TrialRun>> runs,
        @Schema(description = "The files that its runs left; left out of lists, and while their store does not answer")
                Optional<List<Artifacts.Item>> artifacts) {}
