package io.trialstream.trainer.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** A line that a program has reported. */
sealed interface ProgramReport {

    /** The version of the protocol that this release speaks. */
    int PROTOCOL = 1;

    /** The program speaks the protocol. */
    record Begin(int protocol) implements ProgramReport {}

    /**
     * An epoch is over.
     *
     * @param epoch its number; empty for the next one
     * @param metrics by name; what was no finite number is NaN
     */
    record Epoch(OptionalInt epoch, Map<String, Double> metrics) implements ProgramReport {}

    /**
     * The checkpoint directory holds the state after this epoch.
     *
     * @param epoch its number; empty for the last one reported
     */
    record Checkpoint(OptionalInt epoch) implements ProgramReport {}

    /** A file in the artifact directory is whole. */
    record Artifact(String name) implements ProgramReport {}

    /** The configuration cannot be trained. */
    record Infeasible(String reason) implements ProgramReport {}

    /** The training is over, with what was measured once. */
    record Done(Map<String, Double> metrics) implements ProgramReport {}

    /** What a later version of the protocol may report; it means nothing to this one. */
    record Unknown(String type) implements ProgramReport {}

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static ProgramReport read(String line) {
        return Reader.read(line);
    }

    /** Reads lines of JSON; NaN and Infinity are numbers there, as Python's writer has it. */
    final class Reader {
        private static final JsonMapper JSON = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();

        private Reader() {}

        private static ProgramReport read(String line) {
            JsonNode tree;
            try {
                tree = JSON.readTree(line);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
            }
            String type = tree.path("type").asText();
            return switch (type) {
                case "begin" -> new Begin(tree.path("protocol").asInt());
                case "epoch" -> new Epoch(number(tree), metrics(tree));
                case "checkpoint" -> new Checkpoint(number(tree));
                case "artifact" -> new Artifact(text(tree, "name"));
                case "infeasible" -> new Infeasible(text(tree, "reason"));
                case "done" -> new Done(metrics(tree));
                case "" -> throw new IllegalArgumentException("it has no type");
                default -> new Unknown(type);
            };
        }

        private static OptionalInt number(JsonNode tree) {
            JsonNode epoch = tree.path("epoch");
            if (epoch.isMissingNode() || epoch.isNull()) {
                return OptionalInt.empty();
            }
            if (!epoch.isIntegralNumber() || !epoch.canConvertToInt()) {
                throw new IllegalArgumentException("epoch must be a whole number, got " + epoch);
            }
            return OptionalInt.of(epoch.intValue());
        }

        private static String text(JsonNode tree, String field) {
            JsonNode value = tree.path(field);
            if (!value.isTextual() || value.asText().isBlank()) {
                throw new IllegalArgumentException(field + " must be a text, got " + value);
            }
            return value.asText();
        }

        private static Map<String, Double> metrics(JsonNode tree) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            JsonNode given = tree.path("metrics");
            if (!given.isObject() && !given.isMissingNode() && !given.isNull()) {
                throw new IllegalArgumentException("metrics must be an object of numbers, got " + given);
            }
            given.properties().forEach(metric -> metrics.put(metric.getKey(), value(metric.getValue())));
            return metrics;
        }

        private static double value(JsonNode value) {
            if (value.isNumber()) {
                return value.doubleValue();
            }
            if (value.isNull() || value.asText().matches("(?i)[-+]?(nan|inf|infinity)")) {
                return Double.NaN;
            }
            if (value.isBoolean()) {
                return value.booleanValue() ? 1 : 0;
            }
            throw new IllegalArgumentException("a metric must be a number, got " + value);
        }
    }
}
