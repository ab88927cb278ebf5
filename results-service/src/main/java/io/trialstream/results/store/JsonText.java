package io.trialstream.results.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.MessageCodec;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * JSON columns as text, both ways, by the rules of the messages. Entities keep the text, so that comparing them is
 * cheap.
 */
public final class JsonText {
    private static final ObjectMapper MAPPER = MessageCodec.newMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<Map<String, Double>> METRICS = new TypeReference<>() {};

    private JsonText() {}

    /** The value as JSON. */
    public static String of(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a message's part must have a JSON form", e);
        }
    }

    /** A column that holds an object; an absent one is empty. */
    public static Map<String, Object> object(String text) {
        return text == null ? Map.of() : read(text, OBJECT);
    }

    /** A column that holds metrics by name; an absent one is empty. */
    public static Map<String, Double> metrics(String text) {
        return text == null ? Map.of() : read(text, METRICS);
    }

    /** A column as a tree. */
    public static JsonNode tree(String text) {
        return read(text, new TypeReference<>() {});
    }

    private static <T> T read(String text, TypeReference<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a JSON column must hold JSON", e);
        }
    }
}
