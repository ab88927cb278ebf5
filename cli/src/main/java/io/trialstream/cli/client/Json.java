package io.trialstream.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads optional parts of an answer. Absent and null are the same. */
final class Json {
    private Json() {}

    static Optional<String> text(JsonNode object, String field) {
        return value(object, field).map(JsonNode::asText);
    }

    static OptionalDouble number(JsonNode object, String field) {
        return value(object, field)
                .filter(JsonNode::isNumber)
                .map(node -> OptionalDouble.of(node.asDouble()))
                .orElse(OptionalDouble.empty());
    }

    static Optional<Instant> instant(JsonNode object, String field) {
        try {
            return text(object, field).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new UnexpectedAnswerException(field + " is not a time: " + object.path(field));
        }
    }

    static String requiredText(JsonNode object, String field) {
        return text(object, field).orElseThrow(() -> new UnexpectedAnswerException("no " + field + " in " + object));
    }

    private static Optional<JsonNode> value(JsonNode object, String field) {
        JsonNode node = object.path(field);
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }
}
