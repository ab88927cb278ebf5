package io.trialstream.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.Map;

/** Request bodies that are trees, in YAML or JSON (which YAML contains): study files and configurations. */
public final class TreeBodies {
    private static final int LARGEST_OBJECT = 256 * 1024;
    /** A thousand configurations of the largest spaces. */
    private static final int LARGEST_LIST = 4 * 1024 * 1024;

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TreeBodies() {}

    /**
     * Reads an object.
     *
     * @throws ApiException 400 with line and column where it is not one, 413 where it is too large
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(String body) {
        Object tree = tree(body, LARGEST_OBJECT);
        if (tree instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw ApiException.unreadable("the body must be an object");
    }

    /**
     * Reads a list.
     *
     * @throws ApiException 400 with line and column where it is not one, 413 where it is too large
     */
    public static List<?> list(String body) {
        Object tree = tree(body, LARGEST_LIST);
        if (tree instanceof List<?> list) {
            return list;
        }
        throw ApiException.unreadable("the body must be a list");
    }

    private static Object tree(String body, int largest) {
        if (body == null || body.isBlank()) {
            throw ApiException.unreadable("the body is empty");
        }
        if (body.length() > largest) {
            throw new ApiException(
                    413, "TOO_LARGE", "The body is too large", "at most " + largest + " bytes", List.of());
        }
        try {
            return YAML.readValue(body, Object.class);
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw ApiException.unreadable("not YAML or JSON" + where + ": " + firstLine(e.getOriginalMessage()));
        }
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
