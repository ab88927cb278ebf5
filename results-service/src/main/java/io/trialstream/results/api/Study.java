package io.trialstream.results.api;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A study as readers see it.
 *
 * @param studyId its identity
 * @param name its name, unique among the studies that are not deleted
 * @param state where it stands
 * @param stateReason why, where that is not obvious
 * @param waitingFor why it begins no further trial at the moment; left out of lists
 * @param objective what it optimises
 * @param budget when it is over, as its study file says
 * @param trials its trials by state
 * @param best its best trial, once one is completed
 * @param evidence how many trials the sampler has learnt from
 * @param trainingSeconds how long its trials trained
 * @param changes counts what changed of it and of its trials: the events' ids
 * @param createdAt when it was created
 * @param orphaned whether the topics have lost it: then it can be read, exported and deleted, and nothing else
 * @param spec the whole study file; left out of lists
 * @param warnings what is allowed in the study file but hardly meant; only in the answer to its creation
 */
@Schema(description = "A study: a search space, an objective and a budget, with its trials counted by state")
public record Study(
        @Schema(examples = "6f1c2a") String studyId,
        @Schema(examples = "cifar100-seed") String name,
        StudyState state,
        Optional<Reason> stateReason,
        @Schema(description = "Why it begins no further trial at the moment, if so; left out of lists")
                Optional<Waiting> waitingFor,
        Objective objective,
        @Schema(type = SchemaType.OBJECT, examples = "{\"trials\": 200}") Map<String, Object> budget,
        Counts trials,
        Optional<Best> best,
        long evidence,
        double trainingSeconds,
        long changes,
        Instant createdAt,
        @Schema(
                        description =
                                "Whether the topics have lost it: then it can be read, exported and deleted, nothing else")
                boolean orphaned,
        @Schema(type = SchemaType.OBJECT, description = "The study file's tree, defaults filled in; left out of lists")
                Optional<Map<String, Object>> spec,
        @Schema(description = "What is allowed in the study file but hardly meant; only in the answer to its creation")
                Optional<List<Warning>> warnings) {

    /**
     * What is allowed in a study file but hardly meant.
     *
     * @param field its path in the study file
     * @param code what kind of slip
     * @param message what it means, and what is written instead
     */
    @Schema(name = "StudyWarning")
    public record Warning(
            @Schema(examples = "space.lr.loguniform") String field,
            @Schema(examples = "BOUNDS_OF_THE_LOGARITHM") String code,
            String message) {}

    /** The same with what is hardly meant in its study file. */
    Study with(List<Warning> hardlyMeant) {
        return new Study(
                studyId,
                name,
                state,
                stateReason,
                waitingFor,
                objective,
                budget,
                trials,
                best,
                evidence,
                trainingSeconds,
                changes,
                createdAt,
                orphaned,
                spec,
                Optional.of(List.copyOf(hardlyMeant)));
    }

    /**
     * What a study optimises.
     *
     * @param metric a metric that the workload reports each epoch; its best value counts
     * @param direction {@code maximize} or {@code minimize}
     */
    @Schema(name = "StudyObjective")
    public record Objective(
            @Schema(examples = "fine_accuracy") String metric,
            @Schema(enumeration = {"maximize", "minimize"}) String direction) {}

    /**
     * Trials by state.
     *
     * @param imported how many of those that ended were imported with their results
     * @param counted how many use up budget: they ended, were not cancelled and were not imported
     */
    @Schema(name = "TrialCounts", description = "The study's trials by state")
    public record Counts(
            int queued,
            int running,
            int completed,
            int pruned,
            int infeasible,
            int failed,
            int cancelled,
            @Schema(description = "How many of those that ended were imported with their results") int imported,
            @Schema(description = "How many use up budget: they ended, were not cancelled and were not imported")
                    int counted) {}

    /**
     * The best completed trial.
     *
     * @param trialId its identity
     * @param number its number within the study
     * @param objective its objective at its best epoch
     */
    @Schema(name = "BestTrial")
    public record Best(String trialId, int number, double objective) {}
}
