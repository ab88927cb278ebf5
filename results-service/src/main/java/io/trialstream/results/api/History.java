package io.trialstream.results.api;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A study's best objective so far, over trials and over time.
 *
 * @param studyId the study
 * @param metric the objective's metric
 * @param direction {@code maximize} or {@code minimize}
 * @param evidence how many trials have given evidence by now
 * @param trainingSeconds how long all its trials trained by now
 * @param items the steps: between two of them the best stays what it was
 */
@Schema(description = "Each completed trial that was better than all before it; between two of them the best stays")
public record History(
        String studyId, String metric, String direction, long evidence, double trainingSeconds, List<Step> items) {

    /**
     * A new best.
     *
     * @param trialId the trial
     * @param number its number
     * @param evidenceNumber how many trials had given evidence by then, itself included
     * @param objective its objective
     * @param recordedAt when it became known
     * @param trainingSeconds how long the study's trials had trained by then
     */
    @Schema(name = "HistoryStep")
    public record Step(
            String trialId,
            int number,
            long evidenceNumber,
            double objective,
            Instant recordedAt,
            double trainingSeconds) {}
}
