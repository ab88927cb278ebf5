package io.trialstream.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.rest.YamlTree.InvalidYamlException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Request bodies that are trees, in YAML or JSON: study files and configurations. A body is UTF-8; aliases and merge
 * keys of YAML are resolved.
 */
public final class TreeBodies {
    private static final int LARGEST_OBJECT = 256 * 1024;
    /** A thousand configurations of the largest spaces. */
    private static final int LARGEST_LIST = 4 * 1024 * 1024;
    /** A tree may be larger as JSON than it is as YAML, by its quotes. */
    private static final int JSON_OF_YAML = 2;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TreeBodies() {}

    /** Whether there is nothing in it but white space. */
    public static boolean isBlank(byte[] body) {
        return body == null || text(body).isBlank();
    }

    /**
     * Reads an object.
     *
     * @throws ApiException 400 with line and column where it is not one, 413 where it is too large
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(byte[] body) {
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
    public static List<?> list(byte[] body) {
        Object tree = tree(body, LARGEST_LIST);
        if (tree instanceof List<?> list) {
            return list;
        }
        throw ApiException.unreadable("the body must be a list");
    }

    private static Object tree(byte[] body, int largest) {
        if (isBlank(body)) {
            throw ApiException.unreadable("the body is empty");
        }
        if (body.length > largest) {
            throw new ApiException(
                    413, "TOO_LARGE", "The body is too large", "at most " + largest + " bytes", List.of());
        }
        String text = text(body);
        return json(text).orElseGet(() -> yaml(text, largest));
    }

    /** JSON is read as such: it needs no YAML reader, which is slower and knows other escapes. */
    private static Optional<Object> json(String text) {
        String begin = text.stripLeading();
        if (!begin.startsWith("{") && !begin.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(text, Object.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Object yaml(String text, int largest) {
        try {
            return YamlTree.read(text, JSON_OF_YAML * largest);
        } catch (InvalidYamlException e) {
            throw ApiException.unreadable("not YAML or JSON, " + e.getMessage());
        }
    }

    private static String text(byte[] body) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer characters = CharBuffer.allocate(body.length);
        CoderResult result = utf8.decode(bytes, characters, true);
        if (result.isError()) {
            throw ApiException.unreadable("the body is not UTF-8 at byte " + (bytes.position() + 1));
        }
        String text = characters.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
