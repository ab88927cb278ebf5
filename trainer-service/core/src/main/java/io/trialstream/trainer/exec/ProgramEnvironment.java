package io.trialstream.trainer.exec;

import io.trialstream.contracts.study.ProgramDefinition;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a program finds around it: of the trainer's own environment only what every program needs and what its
 * definition passes on, so that no password of the trainer gets into it.
 *
 * @param start how the program is started
 * @param variables its environment, without those of a certain trial
 */
record ProgramEnvironment(ProgramDefinition.Start start, Map<String, String> variables) {
    private static final String PATH = "PATH";
    private static final List<String> PASSED = List.of(
            PATH,
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "LD_LIBRARY_PATH",
            "JAVA_HOME",
            "CUDA_VISIBLE_DEVICES",
            "NVIDIA_VISIBLE_DEVICES");

    static ProgramEnvironment of(ProgramDefinition.Start start) {
        Map<String, String> variables = new LinkedHashMap<>();
        Map<String, String> own = System.getenv();
        PASSED.forEach(name -> copy(own, name, variables));
        start.passEnvironment().forEach(name -> copy(own, name, variables));
        // What is printed is to be read at once, and output into a file is held back in blocks otherwise.
        variables.put("PYTHONUNBUFFERED", "1");
        start.python().ifPresent(environment -> {
            variables.put("VIRTUAL_ENV", environment.toString());
            variables.merge(
                    PATH, environment.resolve("bin").toString(), (path, bin) -> bin + File.pathSeparator + path);
        });
        variables.putAll(start.environment());
        return new ProgramEnvironment(start, variables);
    }

    /** What the program cannot be started without and is not there. */
    Optional<String> missing() {
        if (!Files.isDirectory(start.directory())) {
            return Optional.of("there is no directory " + start.directory());
        }
        Optional<Path> python = start.python().filter(environment -> !Files.isDirectory(environment));
        if (python.isPresent()) {
            return python.map(environment -> "there is no virtual environment " + environment);
        }
        String command = start.command().get(0);
        return isExecutable(command)
                ? Optional.empty()
                : Optional.of("there is no command '" + command + "' in " + start.directory() + " or on the path "
                        + variables.get(PATH));
    }

    private boolean isExecutable(String command) {
        if (command.contains("{run}")) {
            return true;
        }
        if (command.contains("/")) {
            return Files.isExecutable(start.directory().resolve(command));
        }
        for (String directory : variables.getOrDefault(PATH, "").split(File.pathSeparator)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, command))) {
                return true;
            }
        }
        return false;
    }

    private static void copy(Map<String, String> from, String name, Map<String, String> to) {
        String value = from.get(name);
        if (value != null) {
            to.put(name, value);
        }
    }
}
