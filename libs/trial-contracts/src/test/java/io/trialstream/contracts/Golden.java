package io.trialstream.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.contracts.Examples.Example;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The golden files: each message's JSON as it was, is and stays within this schema version. */
final class Golden {
    /** Deliberately not the mapper under test. */
    static final ObjectMapper PLAIN = new ObjectMapper();

    private Golden() {}

    static ObjectNode tree(Example example) {
        return (ObjectNode) resource("golden/" + example.name() + ".json");
    }

    static JsonNode resource(String path) {
        try (InputStream in = Golden.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + path);
            }
            return PLAIN.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return PLAIN.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
