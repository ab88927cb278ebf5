package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code trialstream} with a Maven and a Java that only say what they were called with. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a bash script")
class LauncherScriptTest {
    private static final List<String> PROGRAMS = List.of(
            "cli/target/cli.jar",
            "suggester-service/target/quarkus-app/quarkus-run.jar",
            "results-service/target/quarkus-app/quarkus-run.jar",
            "trainer-service/dl4j/target/quarkus-app/quarkus-run.jar");
    private static final String SOURCE = "cli/src/main/java/Command.java";

    /** A letter that names of files cannot have where this test itself runs in a POSIX locale. */
    private static final String LETTER = "UTF-8".equals(System.getProperty("sun.jnu.encoding")) ? "ü" : "u";

    @TempDir
    Path directory;

    private Path tree;
    private Path tools;

    @BeforeEach
    void layOutATree() throws IOException {
        tree = Files.createDirectory(directory.resolve(LETTER + " tree"));
        for (String module : List.of(
                "libs", "messaging", "artifact-store", "rest-support", "dashboard", "local-infrastructure", "cli")) {
            write(tree.resolve(module).resolve("pom.xml"), "<project/>");
        }
        for (String service : List.of("suggester-service", "results-service", "trainer-service/dl4j")) {
            write(tree.resolve(service).resolve("pom.xml"), "<project/>");
        }
        write(tree.resolve("pom.xml"), "<project/>");
        write(tree.resolve(SOURCE), "class Command {}");
        write(tree.resolve("cli/src/test/java/CommandTest.java"), "class CommandTest {}");
        Files.copy(Path.of("../trialstream"), tree.resolve("trialstream"));
        tools = directory.resolve("tools");
        tool(
                "java",
                """
                if [ "$1" = -version ]; then echo 'openjdk version "17.0.9" 2023-10-17' >&2; exit; fi
                echo "java LC_ALL=$LC_ALL $*"
                """);
        tool("javac", "exit 0");
        tool(
                "mvn",
                """
                echo "$MAVEN_OPTS | $*" >> mvn.calls
                echo '[INFO] Scanning for projects...'
                echo '[INFO] Downloading from somewhere: https://repository.invalid/a.jar'
                for i in $(seq 250); do echo "[INFO] Downloaded from somewhere: https://repository.invalid/$i.jar (1 kB)"; done
                echo '[INFO] Building Trialstream :: search space 0.1.0-SNAPSHOT                [1/2]'
                echo '[INFO] Building Trialstream :: command line 0.1.0-SNAPSHOT                [2/2]'
                if [ -e broken ]; then echo '[ERROR] Command.java: no class'; exit 1; fi
                for program in %s; do mkdir -p $(dirname $program); touch $program; done
                """
                        .formatted(String.join(" ", PROGRAMS)));
    }

    @Test
    void shouldShowHowFarAFirstBuildIsAndThenRunTheCommand() throws Exception {
        Ran ran = run(tree, "status", "--data-dir", LETTER + " x");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err().lines())
                .anyMatch(line -> line.startsWith("trialstream: building"))
                .containsSubsequence(
                        "  100 files downloaded",
                        "  200 files downloaded",
                        "  1/2   Trialstream :: search space",
                        "  2/2   Trialstream :: command line")
                .anyMatch(line -> line.startsWith("trialstream: built in "));
        assertThat(ran.err()).doesNotContain("repository.invalid", "\u001b", "[0m", "\r");
        assertThat(ran.out()).contains("cli/target/cli.jar status --data-dir " + LETTER + " x");
    }

    @Test
    void shouldFixLanguageAndEncodingOfWhatItStarts() throws Exception {
        Ran ran = run(tree, "status");

        assertThat(ran.out())
                .contains("LC_ALL=C.UTF-8", "-Duser.language=en", "-Duser.country=US", "-Dfile.encoding=UTF-8");
        assertThat(Files.readString(tree.resolve("mvn.calls"))).contains("-Duser.language=en", "-Dmine=kept");
    }

    @Test
    void shouldNotBuildAgainForTheTimesOfFiles() throws Exception {
        // Given
        run(tree, "status");

        // When the sources look newer than the programs, and when all of it is copied
        Instant later = Instant.now().plusSeconds(3600);
        Files.setLastModifiedTime(tree.resolve(SOURCE), FileTime.from(later));
        Files.setLastModifiedTime(tree.resolve("pom.xml"), FileTime.from(later));
        Ran touched = run(tree, "status");
        Path copy = directory.resolve("copy");
        copy(tree, copy);
        Ran copied = run(copy, "status");

        // Then
        assertThat(touched.err()).isEmpty();
        assertThat(copied.err()).isEmpty();
        assertThat(builds(tree)).isEqualTo(1);
        assertThat(builds(copy)).isEqualTo(1);
    }

    @Test
    void shouldBuildAgainWhenASourceChanged() throws Exception {
        run(tree, "status");

        // When it changes while its time says otherwise
        FileTime old = Files.getLastModifiedTime(tree.resolve(SOURCE));
        write(tree.resolve(SOURCE), "class Other {}");
        Files.setLastModifiedTime(tree.resolve(SOURCE), old);
        run(tree, "status");
        assertThat(builds(tree)).isEqualTo(2);

        // When one comes, goes, or gets another name
        write(tree.resolve("cli/src/main/java/More.java"), "class More {}");
        run(tree, "status");
        assertThat(builds(tree)).isEqualTo(3);
        Files.move(tree.resolve("cli/src/main/java/More.java"), tree.resolve("cli/src/main/java/Moved.java"));
        run(tree, "status");
        assertThat(builds(tree)).isEqualTo(4);

        // When only a test changes
        write(tree.resolve("cli/src/test/java/CommandTest.java"), "class Changed {}");
        run(tree, "status");
        assertThat(builds(tree)).isEqualTo(4);
    }

    @Test
    void shouldTakeWhatMavenItselfHasBuiltSince() throws Exception {
        // Given programs newer than all sources, and nothing remembered
        Instant earlier = Instant.now().minusSeconds(3600);
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(earlier));
            }
        }
        for (String program : PROGRAMS) {
            write(tree.resolve(program), "");
        }

        // When
        Ran ran = run(tree, "status");

        // Then
        assertThat(ran.err()).isEmpty();
        assertThat(tree.resolve("mvn.calls")).doesNotExist();
    }

    @Test
    void shouldBuildAgainAfterABuildThatWasBrokenOff() throws Exception {
        // Given what a killed build leaves: its mark, its lock, and programs that may be half
        run(tree, "status");
        write(tree.resolve("target/trialstream/dl4j.unfinished"), "");
        write(tree.resolve("target/trialstream/lock/pid"), Long.toString(Long.MAX_VALUE / 2));

        // When
        Ran ran = run(tree, "status");

        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(builds(tree)).isEqualTo(2);
        assertThat(tree.resolve("target/trialstream/lock")).doesNotExist();
        assertThat(run(tree, "status").err()).isEmpty();
    }

    @Test
    void shouldShowWhyABuildFailedAndRunNothing() throws Exception {
        write(tree.resolve("broken"), "");

        Ran ran = run(tree, "status");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("[ERROR] Command.java: no class", "the build failed; all of it: ");
        assertThat(ran.out()).isEmpty();
        Files.delete(tree.resolve("broken"));
        assertThat(run(tree, "status").exitCode()).isZero();
    }

    @Test
    void shouldRefuseAJavaThatIsTooOld() throws Exception {
        tool("java", "echo 'java version \"1.8.0_392\"' >&2");

        Ran ran = run(tree, "status");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("needs a JDK 17 or newer, found Java 1 at ");
    }

    private record Ran(int exitCode, String out, String err) {}

    private Ran run(Path where, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", null);
        Path err = Files.createTempFile(directory, "err", null);
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of("bash", where.resolve("trialstream").toString()), Stream.of(arguments))
                        .toList());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("JAVA") || name.startsWith("LC_"));
        environment.put("PATH", tools + ":" + environment.get("PATH"));
        environment.put("LC_ALL", "C");
        environment.put("MAVEN_OPTS", "-Dmine=kept");
        environment.remove("TRIALSTREAM_BUILD");
        int exitCode = builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Ran(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private static long builds(Path where) throws IOException {
        try (Stream<String> calls = Files.lines(where.resolve("mvn.calls"))) {
            return calls.count();
        }
    }

    private void tool(String name, String script) throws IOException {
        Path tool = tools.resolve(name);
        write(tool, "#!/usr/bin/env bash\n" + script);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
