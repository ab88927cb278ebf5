package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The JSON form of messages, both ways. Thread-safe. */
public final class MessageCodec {
    private final ObjectMapper mapper = newMapper();

    /**
     * The mapper that every process uses for messages and for the REST bodies that repeat their parts: ISO-8601 times,
     * absent optionals left out, unknown fields ignored, nothing coerced that a schema would refuse.
     */
    public static ObjectMapper newMapper() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .addModule(StrictValues.module())
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .withCoercionConfig(LogicalType.Integer, whole -> whole.setAcceptBlankAsEmpty(false))
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(100).build());
        return mapper;
    }

    /** The message as UTF-8 JSON. */
    public byte[] write(Message message) {
        try {
            return mapper.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a valid message must have a JSON form: " + message, e);
        }
    }

    /**
     * Reads a message.
     *
     * @param value UTF-8 JSON
     * @param type the kind of message that the topic carries
     * @throws UnknownVersionException if it was written by a newer release
     * @throws MalformedMessageException if it is anything but such a message, with what is wrong
     */
    public <M extends Message> M read(byte[] value, Class<M> type) {
        JsonNode tree = parse(value);
        int version = version(tree);
        if (version != Message.SCHEMA_VERSION) {
            throw new UnknownVersionException(type.getSimpleName(), version);
        }
        try {
            return mapper.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            throw MappingFault.of(e);
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException(DeadLetterCode.INVALID_FIELD, e.getOriginalMessage(), e);
        }
    }

    private JsonNode parse(byte[] value) {
        JsonNode tree;
        try {
            tree = mapper.readTree(value);
        } catch (JacksonException e) {
            throw new MalformedMessageException(DeadLetterCode.NOT_JSON, "not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedMessageException(DeadLetterCode.NOT_JSON, "not JSON: " + e.getMessage(), e);
        }
        if (tree == null || !tree.isObject()) {
            throw new MalformedMessageException(DeadLetterCode.NOT_AN_OBJECT, "a message is a JSON object", null);
        }
        refuseOverflow("", tree);
        return tree;
    }

    /** A number beyond the range of a double would be read as infinite, which no message may hold. */
    private static void refuseOverflow(String path, JsonNode node) {
        if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            throw new MalformedMessageException(
                    DeadLetterCode.INVALID_FIELD, path + ": the number is too large for a double", null);
        }
        node.properties()
                .forEach(field -> refuseOverflow(
                        path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            refuseOverflow(path + "[" + i + "]", node.get(i));
        }
    }

    private static int version(JsonNode tree) {
        JsonNode version = tree.get("schemaVersion");
        if (version == null || version.isNull()) {
            throw new MalformedMessageException(DeadLetterCode.MISSING_FIELD, "missing field 'schemaVersion'", null);
        }
        if (!version.isInt() || version.asInt() < 1) {
            throw new MalformedMessageException(
                    DeadLetterCode.INVALID_FIELD, "schemaVersion must be a positive integer, got " + version, null);
        }
        return version.asInt();
    }
}
