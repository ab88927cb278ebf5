package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * A local stack under test, driven as a user does: by the command line and by HTTP; and by signals to its processes.
 */
final class RunningStack implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long COMMAND_SECONDS = 240;
    private static RunningStack shared;

    private final Path directory;
    private final Api api = new Api(this::url, this::logs);
    private final Map<String, String> environment;

    private RunningStack(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** One with two trainers for all tests of this JVM, which leave it as they found it; it ends with the JVM. */
    static synchronized RunningStack shared() {
        if (shared == null) {
            shared = start(2, Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** Starts a stack in a directory of its own. */
    static RunningStack start(int trainers, Map<String, String> environment) {
        return start(trainers, environment, List.of());
    }

    /** The same with more options of {@code up}. */
    static RunningStack start(int trainers, Map<String, String> environment, List<String> options) {
        try {
            RunningStack stack = new RunningStack(Files.createTempDirectory("trialstream-system-"), environment);
            stack.up(trainers, options);
            return stack;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What a command printed, and how it ended. */
    record Printed(int exitCode, String text) {}

    void up(int trainers) {
        up(trainers, List.of());
    }

    private void up(int trainers, List<String> options) {
        List<String> words = new ArrayList<>(List.of("up", "--detach", "--trainers", String.valueOf(trainers)));
        words.addAll(options);
        Printed up = command(words.toArray(String[]::new));
        assertThat(up.exitCode()).as("up: %s\n%s", up.text(), logs()).isZero();
    }

    void down() {
        Printed down = command("down");
        assertThat(down.exitCode()).as("down: %s", down.text()).isZero();
        assertThat(state().get("processes"))
                .allSatisfy(process -> assertThat(handle(process)).isEmpty());
    }

    /** Tells the stack to end, by a command that is killed before it is done. */
    void interruptedDown() {
        try {
            Process down = start(Files.createTempFile(directory, "command-", ".txt"), "down");
            Awaitility.await().until(() -> state().get("phase").asText().equals("STOPPING"));
            down.destroyForcibly().waitFor();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command of the command line on this stack. */
    Printed command(String... arguments) {
        try {
            Path output = Files.createTempFile(directory, "command-", ".txt");
            Process process = start(output, arguments);
            assertThat(process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS))
                    .as("%s: %s", List.of(arguments), Files.readString(output))
                    .isTrue();
            return new Printed(process.exitValue(), textOf(output));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process start(Path output, String... arguments) throws IOException {
        Path home = Path.of(System.getProperty("trialstream.home"));
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtrialstream.home=" + home,
                "-jar",
                home.resolve("cli/target/cli.jar").toString()));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--data-dir", directory.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What a command wrote, without what its JVM says of the options that it found in the environment. */
    private static String textOf(Path output) throws IOException {
        return Files.readString(output).replaceAll("(?m)^Picked up JAVA_TOOL_OPTIONS:.*\\R", "");
    }

    /** Kills a process of the stack at once, and waits until it is gone. */
    void kill(String name) {
        ProcessHandle process = handle(process(name)).orElseThrow(() -> new AssertionError(name + " does not run"));
        process.destroyForcibly();
        Awaitility.await().until(() -> !process.isAlive());
    }

    /** Kills a process and waits until the stack has started it again and it serves. */
    void killAndAwaitRestart(String name) {
        long killed = pid(name);
        kill(name);
        Awaitility.await()
                .atMost(Duration.ofSeconds(COMMAND_SECONDS))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> pid(name) != killed
                        && command("status").text().lines().anyMatch(line -> line.matches(name + " +runs .*")));
    }

    /** Where each process is reached, by name. */
    Map<String, String> addresses() {
        return StreamSupport.stream(state().get("processes").spliterator(), false)
                .collect(Collectors.toMap(process -> process.get("name").asText(), process -> process.get("address")
                        .asText()));
    }

    /** Kills everything at once: who would start it again, the services, the broker and the database. */
    void killAll() {
        List<ProcessHandle> processes = new ArrayList<>();
        ProcessHandle.of(state().at("/keeper/pid").asLong()).ifPresent(processes::add);
        state().get("processes").forEach(process -> handle(process).ifPresent(handle -> {
            handle.descendants().forEach(processes::add);
            processes.add(handle);
        }));
        processes.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** The name of the trainer that was started last, which is the first to go. */
    String newestTrainer() {
        String newest = "";
        for (JsonNode process : state().get("processes")) {
            newest = process.get("role").asText().equals("TRAINER")
                    ? process.get("name").asText()
                    : newest;
        }
        return newest;
    }

    long pid(String name) {
        return process(name).at("/identity/pid").asLong();
    }

    /** Its REST interface. */
    Api api() {
        return api;
    }

    String bootstrapServers() {
        return process("broker").get("address").asText();
    }

    @Override
    public void close() {
        command("down");
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The origin of its REST interface. */
    String url() {
        return process("results").get("address").asText();
    }

    private JsonNode process(String name) {
        return StreamSupport.stream(state().get("processes").spliterator(), false)
                .filter(process -> process.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process " + name + " in " + state()));
    }

    private static java.util.Optional<ProcessHandle> handle(JsonNode process) {
        return ProcessHandle.of(process.at("/identity/pid").asLong()).filter(ProcessHandle::isAlive);
    }

    private JsonNode state() {
        try {
            return JSON.readTree(directory.resolve("stack.json").toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The last lines of every log, for the message of a failure. */
    String logs() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> logs = Files.list(directory.resolve("logs"))) {
            for (Path log : logs.sorted().toList()) {
                List<String> lines = Files.readAllLines(log);
                text.append("== ").append(log.getFileName()).append('\n');
                lines.subList(Math.max(0, lines.size() - 15), lines.size())
                        .forEach(line -> text.append(line).append('\n'));
            }
        } catch (IOException e) {
            text.append(e);
        }
        return text.toString();
    }
}
