package io.trialstream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.trialstream.contracts.study.InvalidStudyException;
import io.trialstream.contracts.study.StudySpec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** Reads a file; {@code -} is standard input. */
    static TreeFile read(Session session, Path file) {
        String type = file.toString().endsWith(".json") ? "application/json" : YAML_TYPE;
        String name = StandardStreams.nameOfInput(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(StandardStreams.read(session, file)))
                    .toString();
            return new TreeFile(name, text, type);
        } catch (CharacterCodingException e) {
            throw new CommandException(name + " is not text in UTF-8");
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

    /** Refuses what is no study, naming the fields at fault. Needs no server, and knows less than one. */
    void requireStudy() {
        try {
            StudySpec.read(YAML.convertValue(tree(), new TypeReference<Map<String, Object>>() {}));
        } catch (InvalidStudyException e) {
            throw new CommandException(
                    name + " is not a valid study:\n"
                            + e.problems().stream()
                                    .map(problem -> "  " + problem.path() + ": " + problem.message())
                                    .collect(Collectors.joining("\n")),
                    ExitCodes.USAGE);
        } catch (IllegalArgumentException notAnObject) {
            throw new CommandException(
                    name + " is not a study file: a study is an object with fields", ExitCodes.USAGE);
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
