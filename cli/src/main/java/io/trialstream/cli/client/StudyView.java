package io.trialstream.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * A study as the command line shows it.
 *
 * @param studyId its identity
 * @param state {@code RUNNING}, {@code PAUSED}, {@code COMPLETED}, {@code STOPPED}, {@code FAILED} or
 *     {@code DELETED}
 * @param stateReason why, where the server says so
 * @param waitingFor what it waits for while it runs and none of its trials can, where the server says so
 * @param trials how many trials are in which state, by the state's name in lower case; under {@code imported} how many of
 *     those that ended were imported
 * @param budget how many trials end the study, empty where that is not bounded
 * @param best the best trial so far
 */
public record StudyView(
        String studyId,
        String name,
        String state,
        Optional<String> stateReason,
        Optional<String> waitingFor,
        Map<String, Integer> trials,
        OptionalInt budget,
        Optional<Best> best,
        Optional<Instant> createdAt) {
    private static final Set<String> ENDED = Set.of("COMPLETED", "STOPPED", "FAILED", "DELETED");

    /** Copies the counts. */
    public StudyView {
        trials = Map.copyOf(trials);
    }

    /** The best trial of a study. */
    public record Best(int number, double objective) {}

    /** Reads an answer. */
    public static StudyView from(JsonNode study) {
        Map<String, Integer> trials = new TreeMap<>();
        study.path("trials")
                .properties()
                .forEach(count -> trials.put(count.getKey(), count.getValue().asInt()));
        JsonNode budget = study.path("budget").path("trials");
        return new StudyView(
                Json.requiredText(study, "studyId"),
                Json.requiredText(study, "name"),
                Json.requiredText(study, "state"),
                Json.text(study.path("stateReason"), "text"),
                Json.text(study.path("waitingFor"), "text"),
                trials,
                budget.isNumber() ? OptionalInt.of(budget.asInt()) : OptionalInt.empty(),
                best(study.path("best")),
                Json.instant(study, "createdAt"));
    }

    private static Optional<Best> best(JsonNode best) {
        OptionalDouble objective = Json.number(best, "objective");
        return objective.isPresent()
                ? Optional.of(new Best(best.path("number").asInt(), objective.getAsDouble()))
                : Optional.empty();
    }

    /** Whether it makes no proposals any more. */
    public boolean isEnded() {
        return ENDED.contains(state);
    }

    /** How many trials are in that state, given in lower case. */
    public int count(String trialState) {
        return trials.getOrDefault(trialState, 0);
    }

    /** How many trials have ended in a way that uses up budget, which imported ones never do. */
    public int finished() {
        int ended = count("completed") + count("pruned") + count("infeasible") + count("failed");
        return Math.max(0, ended - imported());
    }

    /** How many trials were imported with their results. */
    public int imported() {
        return count("imported");
    }

    /** How many trials are queued or running. */
    public int unfinished() {
        return count("queued") + count("running");
    }
}
