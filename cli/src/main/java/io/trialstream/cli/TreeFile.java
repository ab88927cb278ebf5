package io.trialstream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that holds a tree in YAML or JSON (which YAML contains), as it was written.
 *
 * @param name for messages
 */
record TreeFile(String name, String text, String mediaType) {
    private static final String YAML_TYPE = "application/yaml";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    static TreeFile read(Path file) {
        try {
            String type = file.toString().endsWith(".json") ? "application/json" : YAML_TYPE;
            return new TreeFile(file.toString(), Files.readString(file), type);
        } catch (NoSuchFileException e) {
            throw new CommandException("there is no file " + file);
        } catch (IOException e) {
            throw new CommandException("cannot read " + file + ": " + e.getMessage());
        }
    }

    /** Answers the tree. */
    JsonNode tree() {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandException(name + ": " + e.getOriginalMessage()
                    + (e.getLocation() == null
                            ? ""
                            : " (line " + e.getLocation().getLineNr() + ")"));
        }
    }

    /** Answers this file with the text at {@code parent.field} replaced; comments and layout get lost. */
    TreeFile with(String parent, String field, String value) {
        JsonNode tree = tree();
        if (!(tree.path(parent) instanceof ObjectNode object)) {
            throw new CommandException(name + " has no " + parent);
        }
        object.put(field, value);
        try {
            return new TreeFile(name, YAML.writeValueAsString(tree), YAML_TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read cannot be written", e);
        }
    }
}
