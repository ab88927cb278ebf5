package io.trialstream.results.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who trained what, and when.
 *
 * @param items attempts, those that began last first
 * @param nextPageToken asks for earlier ones; absent on the last page
 */
@Schema(description = "Attempts at trials, those that began last first; times are those of the trainers' clocks")
public record Timeline(List<Bar> items, Optional<String> nextPageToken) {

    /**
     * An attempt.
     *
     * @param runId the attempt
     * @param trialId the trial
     * @param number the trial's number
     * @param trainerId who
     * @param state {@code RUNNING}, {@code INTERRUPTED}, {@code ERRORED} or {@code FINISHED}
     * @param outcome the trial's state that its final report named
     * @param startedAt when it began
     * @param endedAt when it ended; absent while it is not known to have
     * @param resumedEpoch the epoch that it went on from
     * @param lastEpoch the last epoch that it finished
     */
    @Schema(name = "TimelineBar")
    public record Bar(
            String runId,
            String trialId,
            int number,
            String trainerId,
            String state,
            Optional<String> outcome,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<Integer> resumedEpoch,
            int lastEpoch) {}
}
