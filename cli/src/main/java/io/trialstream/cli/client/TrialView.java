package io.trialstream.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A trial as the command line shows it.
 *
 * @param origin {@code STARTUP}, {@code MODEL}, {@code ENQUEUED}, {@code IMPORTED} or {@code RETRAIN}
 * @param retrainOf the number of the trial that it trains again
 * @param epochs how many were trained
 * @param training how long the run that counts has trained
 * @param reason why it ended as it did, unless it completed
 * @param configuration its values by key
 */
public record TrialView(
        String trialId,
        int number,
        String state,
        String origin,
        OptionalInt retrainOf,
        OptionalDouble objective,
        int epochs,
        Optional<Duration> training,
        Optional<String> trainerId,
        Optional<String> reason,
        JsonNode configuration) {

    /** Reads an answer. */
    public static TrialView from(JsonNode trial) {
        OptionalDouble seconds = Json.number(trial, "trainingSeconds");
        return new TrialView(
                Json.requiredText(trial, "trialId"),
                trial.path("number").asInt(),
                Json.requiredText(trial, "state"),
                Json.requiredText(trial, "origin"),
                trial.path("retrainOf").isInt()
                        ? OptionalInt.of(trial.path("retrainOf").asInt())
                        : OptionalInt.empty(),
                Json.number(trial, "objective"),
                trial.path("epochs").asInt(),
                seconds.isPresent()
                        ? Optional.of(Duration.ofMillis(Math.round(seconds.getAsDouble() * 1000)))
                        : Optional.empty(),
                Json.text(trial, "trainerId"),
                reason(trial.path("reason")),
                trial.path("configuration"));
    }

    private static Optional<String> reason(JsonNode reason) {
        return Json.text(reason, "text").or(() -> Json.text(reason, "code"));
    }
}
