package io.trialstream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.cli.client.NamedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A folder with one file for each finished trial of a study, whose names sort by the result. A hidden file knows which
 * trial is in which file, so that a later command goes on where this one was. Every file appears whole. Not for use by
 * several commands at once.
 */
final class SeedFolder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INDEX = ".trialstream.json";

    private final Path directory;
    private final String studyId;
    private final Map<Integer, String> names;

    private SeedFolder(Path directory, String studyId, Map<Integer, String> names) {
        this.directory = directory;
        this.studyId = studyId;
        this.names = names;
    }

    /**
     * Opens the folder, which is created where it is missing.
     *
     * @throws CommandException if it holds the trials of another study
     */
    static SeedFolder open(Path directory, String studyId) {
        Path index = directory.resolve(INDEX);
        try {
            Files.createDirectories(directory);
            Map<Integer, String> names = new TreeMap<>();
            if (Files.exists(index)) {
                JsonNode known = JSON.readTree(Files.readAllBytes(index));
                if (!known.path("studyId").asText().equals(studyId)) {
                    throw new CommandException(directory + " holds the trials of study "
                            + known.path("studyId").asText() + "; choose another folder for " + studyId);
                }
                known.path("files")
                        .properties()
                        .forEach(file -> names.put(
                                Integer.parseInt(file.getKey()), file.getValue().asText()));
            }
            return new SeedFolder(directory, studyId, names);
        } catch (JsonProcessingException | NumberFormatException e) {
            throw new CommandException(index + " is damaged; delete it to write all files again");
        } catch (IOException e) {
            throw new CommandException("cannot read " + directory + ": " + StandardStreams.reason(e));
        }
    }

    /** How many trials are in it. */
    int size() {
        return names.size();
    }

    /** Whether the trial's file is there; one that the user has removed is not. */
    boolean has(int number) {
        String name = names.get(number);
        return name != null && Files.exists(directory.resolve(name));
    }

    /** Adds a trial's file and answers its name. */
    String add(int number, NamedFile file) {
        try {
            String name = freeName(number, file);
            replace(directory.resolve(name), file.content());
            names.put(number, name);
            replace(directory.resolve(INDEX), index());
            return name;
        } catch (IOException e) {
            throw new CommandException("cannot write to " + directory + ": " + StandardStreams.reason(e));
        }
    }

    /** Another trial may have the same name, and so may a file of the user's. */
    private String freeName(int number, NamedFile file) throws IOException {
        Set<String> others = new HashSet<>(names.values());
        others.remove(names.get(number));
        String name = file.name();
        for (int i = 2; others.contains(name) || isAnother(directory.resolve(name), file.content()); i++) {
            int ending = file.name().indexOf(".txt");
            name = ending < 0
                    ? file.name() + "-" + i
                    : file.name().substring(0, ending) + "-" + i + file.name().substring(ending);
        }
        return name;
    }

    private static boolean isAnother(Path file, byte[] content) throws IOException {
        return Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), content);
    }

    private byte[] index() throws JsonProcessingException {
        ObjectNode index = JSON.createObjectNode().put("studyId", studyId);
        ObjectNode files = index.putObject("files");
        names.forEach((number, name) -> files.put(String.valueOf(number), name));
        return JSON.writeValueAsBytes(index);
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.write(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
