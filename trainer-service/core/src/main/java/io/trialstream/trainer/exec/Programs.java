package io.trialstream.trainer.exec;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.trialstream.contracts.study.ProgramDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The programs that this trainer may start: its allow-list. Immutable. */
public final class Programs {
    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Map<String, ProgramDefinition> byName;

    /** These programs. */
    public Programs(Map<String, ProgramDefinition> byName) {
        this.byName = new TreeMap<>(byName);
    }

    /**
     * The programs of a file.
     *
     * @throws IllegalArgumentException naming the file and all that is wrong in it
     */
    public static Programs read(Path file) {
        Map<String, Map<String, Object>> trees;
        try {
            trees = YAML.readValue(file.toFile(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new IllegalArgumentException("the programs' file " + file + " cannot be read: " + e.getMessage(), e);
        }
        Path base = file.toAbsolutePath().getParent();
        Map<String, ProgramDefinition> programs = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        trees.forEach((name, tree) -> {
            try {
                programs.put(name, ProgramDefinition.read(name, tree == null ? Map.of() : tree, base));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("the programs' file " + file + ": " + String.join("; ", problems));
        }
        return new Programs(programs);
    }

    /** Those that can be started on this machine; the others are logged with what is missing. */
    public Programs startable() {
        Map<String, ProgramDefinition> startable = new TreeMap<>(byName);
        startable.entrySet().removeIf(program -> {
            Optional<String> missing =
                    ProgramEnvironment.of(program.getValue().start()).missing();
            missing.ifPresent(what -> LOG.warn("program {} is not offered: {}", program.getKey(), what));
            return missing.isPresent();
        });
        return new Programs(startable);
    }

    /** Their names, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * The program of this name.
     *
     * @throws IllegalArgumentException if this trainer may not start one
     */
    ProgramDefinition named(String name) {
        ProgramDefinition program = byName.get(name);
        if (program == null) {
            throw new IllegalArgumentException("this trainer has no program '" + name + "', only " + names());
        }
        return program;
    }
}
