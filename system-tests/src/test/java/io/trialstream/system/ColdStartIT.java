package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script as a new user runs it on a machine that has never seen the project: a copy of the tree without anything
 * built, an empty home, cache and directory for temporary files, and the options that ship. Of what this machine has,
 * only the JDK, Maven and its local repository are used.
 *
 * <p>The tests are in the order of a user's day, because the first one's build takes most of the time.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ColdStartIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** Neither the POSIX locale nor an English one. */
    private static final String TURKISH = "-Duser.language=tr -Duser.country=TR";
    /** A proxy that nobody listens at, for everything. */
    private static final String PROXY = "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=1 -Dhttp.nonProxyHosts=none";

    private static final String SMALL_STUDY =
            """
            name: small
            objective: { metric: fine_accuracy, direction: maximize }
            sampler: { type: random, seed: 1 }
            budget: { trials: 2 }
            training: { workload: cifar-cnn, dataset: shapes, epochs: 1, subset: { train: 200, validation: 100 }, widthFactor: 0.1 }
            """;
    private static final String SLEEPING_STUDY =
            """
            name: sleeping
            objective: { metric: objective, direction: maximize }
            sampler: { type: random, seed: 1 }
            budget: { trials: 2 }
            training: { workload: sleep, epochs: 1, epochDuration: PT0.05S }
            space: { x: { uniform: [0, 1] } }
            """;

    @TempDir
    static Path directory;

    private static Path tree;

    @BeforeAll
    static void copyTheTree() throws Exception {
        tree = directory.resolve(letter() + " dir/a b");
        Path here = Path.of(System.getProperty("trialstream.home"));
        for (String file : trackedFiles(here)) {
            Path target = tree.resolve(file);
            Files.createDirectories(target.getParent());
            // A tracked file that has been deleted here is no part of the tree any more.
            if (Files.exists(here.resolve(file))) {
                Files.copy(here.resolve(file), target);
            }
        }
        for (String empty : List.of("home", "tmp", "cache", "other-cache")) {
            Files.createDirectory(directory.resolve(empty));
        }
        if ("offline=true".equals(System.getProperty("trialstream.offline"))) {
            Path configuration = tree.resolve(".mvn/maven.config");
            Files.writeString(configuration, "-o\n" + Files.readString(configuration));
        }
    }

    @AfterAll
    static void endWhateverRuns() throws Exception {
        start("down", environment("cache", ""), "down", "--data-dir", dataDirectory());
    }

    @Test
    @Order(1)
    void shouldRunTheFirstCommandOfTheReadme() throws Exception {
        // Given the study of the demo, smaller
        String space = Files.readString(tree.resolve("studies/demo.yaml"));
        Path study = Files.writeString(
                directory.resolve("small.yaml"), SMALL_STUDY + space.substring(space.indexOf("\nspace:") + 1));

        // When
        Command demo = start(
                "demo",
                environment("cache", TURKISH),
                "demo",
                "--exit",
                "--trainers",
                "1",
                "--study",
                study.toString());

        // Then
        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output())
                .contains("  1/", "trialstream: built in ", "small is COMPLETED", "#0", "#1", "ended the stack")
                .doesNotContain("\u001b", "[0m", "Exception");
        Path cache = directory.resolve("cache/trialstream");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
        assertThat(directory.resolve("home")).isEmptyDirectory();
        assertThat(namesIn(directory.resolve("tmp"))).noneMatch(name -> name.contains("trialstream"));
        assertThat(namesIn(tree.resolve(".trialstream/demos"))).isEmpty();
    }

    @Test
    @Order(2)
    void shouldStartAfterAFirstStartThatWasInterrupted() throws Exception {
        // Given a Ctrl-C as soon as something is unpacked
        Map<String, String> environment = environment("other-cache", TURKISH + " " + PROXY);
        Path cache = directory.resolve("other-cache/trialstream");
        Command interrupted = Command.start(
                directory.resolve("interrupted.txt"),
                environment,
                "up",
                "--trainers",
                "1",
                "--data-dir",
                dataDirectory());
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(LIMIT)
                .until(() -> filesIn(cache) > 10 || !interrupted.isAlive());
        interrupted.interrupt();
        assertThat(interrupted.exitCode()).as(interrupted.output()).isEqualTo(130);

        // When
        Command up = start("up", environment, "up", "--detach", "--trainers", "1", "--data-dir", dataDirectory());
        Path study = Files.writeString(directory.resolve("sleeping.yaml"), SLEEPING_STUDY);
        Command created = start(
                "create", environment, "study", "create", study.toString(), "--wait", "--data-dir", dataDirectory());
        Command down = start("down", environment, "down", "--data-dir", dataDirectory());

        // Then
        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(created.exitCode()).as(created.output()).isZero();
        assertThat(created.output()).contains("trials 2/2");
        assertThat(down.exitCode()).as(down.output()).isZero();
        assertThat(namesIn(cache)).hasSize(2).anyMatch(name -> name.startsWith("postgresql-"));
    }

    /** A data directory whose name needs UTF-8 and quotes, given to a command in the POSIX locale. */
    private static String dataDirectory() {
        return directory.resolve(letter() + " data/c d").toString();
    }

    /** A letter that names of files cannot have where this test itself runs in a POSIX locale. */
    private static String letter() {
        return "UTF-8".equals(System.getProperty("sun.jnu.encoding")) ? "ü" : "u";
    }

    private static List<String> trackedFiles(Path project) throws Exception {
        Process git = new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
                .directory(project.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String files = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as("git, which says what belongs to the tree").isZero();
        return List.of(files.split("\0"));
    }

    /** Nothing of this process's own environment, which is not a new user's. */
    private static Map<String, String> environment(String cache, String javaOptions) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("HOME", directory.resolve("home").toString());
        environment.put("XDG_CACHE_HOME", directory.resolve(cache).toString());
        environment.put("TMPDIR", directory.resolve("tmp").toString());
        environment.put("LC_ALL", "POSIX");
        environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + directory.resolve("tmp") + " " + javaOptions);
        environment.put("MAVEN_OPTS", "-Dmaven.repo.local=" + System.getProperty("trialstream.repository"));
        return environment;
    }

    private static Command start(String name, Map<String, String> environment, String... arguments) throws Exception {
        Command command = Command.start(directory.resolve(name + ".txt"), environment, arguments);
        command.exitCode();
        return command;
    }

    /** The script as a process, the leader of a process group as in a terminal. */
    private record Command(Process process, Path written) {
        static Command start(Path output, Map<String, String> environment, String... arguments) throws IOException {
            // A build that runs in the background of a shell ignores the interrupt, and so would its children.
            List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", "setsid"));
            command.add(tree.resolve("trialstream").toString());
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Command(builder.start(), output);
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** What Ctrl-C does: the signal goes to the whole group. */
        void interrupt() throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-INT", "--", "-" + process.pid())
                    .start()
                    .waitFor();
        }

        int exitCode() throws InterruptedException {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError("still runs after " + LIMIT + ":\n" + output());
            }
            return process.exitValue();
        }

        String output() {
            try {
                return Files.readString(written);
            } catch (IOException e) {
                throw new AssertionError("cannot read " + written, e);
            }
        }
    }

    private static long filesIn(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).count();
        } catch (IOException | java.io.UncheckedIOException notYetOrNoMore) {
            return 0;
        }
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }
}
