package io.trialstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.study.InvalidStudyException;
import io.trialstream.contracts.study.ProgramDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What {@code up --program NAME=…} says: a command line, or the folder of a program that describes itself. */
final class ProgramOption {
    /** A program's definition in its folder. */
    static final String DEFINITION = "trialstream.yaml";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Session session;
    private final Path workingDirectory;

    /** Commands are started in this directory, and folders are relative to it. */
    ProgramOption(Session session, Path workingDirectory) {
        this.session = session;
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
    }

    /**
     * The definitions by name, as trainers read them.
     *
     * @throws CommandException naming what is wrong with which program
     */
    Map<String, Object> definitions(Map<String, String> options) {
        Map<String, Object> definitions = new TreeMap<>();
        options.forEach((name, value) -> definitions.put(name, definition(name, value)));
        return definitions;
    }

    private Map<String, Object> definition(String name, String value) {
        try {
            Path folder = workingDirectory.resolve(value);
            return Files.isDirectory(folder)
                    ? ofFolder(name, folder).toTree()
                    : ProgramDefinition.read(name, Map.of("command", value), workingDirectory)
                            .toTree();
        } catch (InvalidStudyException e) {
            throw new CommandException("--program " + e.getMessage(), ExitCodes.USAGE);
        }
    }

    private ProgramDefinition ofFolder(String name, Path folder) {
        Path file = folder.resolve(DEFINITION);
        if (!Files.isRegularFile(file)) {
            throw new CommandException(
                    "--program " + name + ": the folder " + folder + " has no " + DEFINITION, ExitCodes.USAGE);
        }
        try {
            return ProgramDefinition.read(
                    name, JSON.convertValue(TreeFile.read(session, file).tree(), Map.class), folder);
        } catch (InvalidStudyException e) {
            throw e;
        } catch (IllegalArgumentException notAnObject) {
            throw new CommandException(file + " describes no program: it must be an object", ExitCodes.USAGE);
        }
    }
}
