package io.trialstream.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The JSON Schemas of the messages, ready to validate. */
final class Schemas {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final Map<String, JsonSchema> LOADED = new TreeMap<>();

    private Schemas() {}

    /** The name of a message's schema: that of its record in lower case with hyphens. */
    static String name(Class<? extends Message> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    static String resource(String name) {
        return "schemas/" + name + ".schema.json";
    }

    /** What is wrong with the tree, by the message's schema; nothing if it is valid. */
    static Set<String> errors(Class<? extends Message> type, JsonNode tree) {
        JsonSchema schema = LOADED.computeIfAbsent(
                name(type), name -> FACTORY.getSchema(SchemaLocation.of("classpath:" + resource(name)), STRICT));
        return schema.validate(tree).stream().map(Object::toString).collect(Collectors.toSet());
    }
}
