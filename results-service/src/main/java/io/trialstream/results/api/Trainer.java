package io.trialstream.results.api;

import io.trialstream.contracts.TrainerEvent;
import io.trialstream.results.trainers.TrainerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A trainer as its newest heartbeat shows it.
 *
 * @param trainerId who
 * @param pool the pool it takes trials from
 * @param state what it can do; {@code SILENT} if its heartbeats are overdue
 * @param slots how many trials it trains at once
 * @param engine the training engine and its version
 * @param device what it trains on
 * @param heartbeatAgeSeconds how long ago its heartbeat came; one is due every 2 s
 * @param runs what it is training
 */
@Schema(description = "A trainer as its newest heartbeat shows it")
public record Trainer(
        String trainerId,
        String pool,
        @Schema(enumeration = {"STARTING", "READY", "DRAINING", "STOPPED", "SILENT"}) String state,
        int slots,
        String engine,
        String device,
        double heartbeatAgeSeconds,
        List<Busy> runs) {
    private static final Duration SILENT = Duration.ofSeconds(10);

    /**
     * A slot that trains.
     *
     * @param trialId the trial
     * @param studyId its study
     * @param number its number
     * @param runId the attempt
     * @param epoch the last epoch that it finished
     */
    @Schema(name = "TrainerRun")
    public record Busy(String trialId, String studyId, int number, String runId, int epoch) {}

    /** The view of a registered trainer. */
    public static Trainer of(TrainerRegistry.Seen seen, Instant now) {
        TrainerEvent.Heartbeat heartbeat = seen.heartbeat();
        Duration age = Duration.between(seen.seenAt(), now);
        boolean silent = age.compareTo(SILENT) > 0 && heartbeat.state() != TrainerEvent.State.STOPPED;
        return new Trainer(
                heartbeat.trainerId(),
                heartbeat.pool(),
                silent ? "SILENT" : heartbeat.state().name(),
                heartbeat.slots(),
                heartbeat.engine(),
                heartbeat.device(),
                Math.max(0, age.toMillis()) / 1000.0,
                heartbeat.runs().stream()
                        .map(run -> new Busy(
                                run.trialId().toString(), run.studyId(), run.number(), run.runId(), run.epoch()))
                        .toList());
    }
}
