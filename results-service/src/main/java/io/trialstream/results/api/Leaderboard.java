package io.trialstream.results.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A study's completed trials in the order of their objective.
 *
 * @param studyId the study
 * @param metric the metric that ranks
 * @param direction {@code maximize} or {@code minimize}
 * @param items the trials with their ranks
 */
@Schema(description = "A study's completed trials, ranked by the objective; of equals the earlier trial comes first")
public record Leaderboard(String studyId, String metric, String direction, List<Item> items) {

    /**
     * A place on the leaderboard.
     *
     * @param rank from 1, the best
     * @param trial who holds it
     */
    @Schema(name = "LeaderboardItem")
    public record Item(int rank, Trial trial) {}
}
