package io.trialstream.cli.stack;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the programs of the stack are on this machine.
 *
 * @param home the project's root directory
 */
public record Installation(Path home) {
    private static final String APPLICATION = "target/quarkus-app/quarkus-run.jar";

    /** Normalises the path. */
    public Installation {
        home = home.toAbsolutePath().normalize();
    }

    /** Finds the installation that this very program belongs to. */
    public static Installation own() {
        String given = System.getProperty("trialstream.home");
        return new Installation(given == null ? directoryAboveTheModule() : Path.of(given));
    }

    private static Path directoryAboveTheModule() {
        try {
            Path code = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            // cli/target/cli-x.jar or cli/target/classes
            return code.getParent().getParent().getParent();
        } catch (URISyntaxException e) {
            throw new StackException("cannot find the project's directory; set -Dtrialstream.home", e);
        }
    }

    /** Answers the directory under which stacks live unless another is given. */
    public Path stacks() {
        return home.resolve(".trialstream");
    }

    /** Answers where data sets are kept for all stacks. */
    public Path datasets() {
        return stacks().resolve("datasets");
    }

    /** Answers the directory of a trainer's application. */
    public Path trainer(TrainerEngine engine) {
        return serviceJar(Role.TRAINER, engine).getParent();
    }

    /** @param engine counts for trainers only */
    Path serviceJar(Role role, TrainerEngine engine) {
        String module =
                switch (role) {
                    case SUGGESTER -> "suggester-service";
                    case RESULTS -> "results-service";
                    case TRAINER -> engine.module();
                    case BROKER, DATABASE -> throw new IllegalArgumentException("no service: " + role);
                };
        return home.resolve(module).resolve(APPLICATION);
    }

    /** Answers the program of a service; throws when it has not been built. */
    Path builtJar(Role role, TrainerEngine engine) {
        Path jar = serviceJar(role, engine);
        if (!Files.exists(jar)) {
            throw new StackException(jar + " is missing; build it with: mvn -DskipTests package");
        }
        return jar;
    }

    /**
     * Answers the beginning of a command that runs the same Java as this one. Whatever the user's locale is, its programs
     * speak English and read and write UTF-8: not all of what they are made of works in Turkish. Whatever proxy it names
     * is for downloads: the stack's processes reach each other without it.
     */
    public List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=en",
                "-Duser.country=US",
                "-Dfile.encoding=UTF-8",
                "-Dhttp.nonProxyHosts=localhost|127.*|[::1]");
    }

    String ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
