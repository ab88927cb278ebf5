package io.trialstream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The {@code trialstream} command as a process, the leader of a process group as in a terminal. */
final class RunningCommand {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;

    private RunningCommand(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts the command with the project in {@code home}; its output goes to a file beside. */
    static RunningCommand start(Path home, String... arguments) throws IOException {
        return start(List.of(), home, home, arguments);
    }

    /** The same under another program, {@code wrapper}, with its output in a directory of its own. */
    static RunningCommand start(List<String> wrapper, Path home, Path outputs, String... arguments) throws IOException {
        Path output = Files.createTempFile(outputs, "output", ".txt");
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                // A build that runs in the background of a shell ignores the interrupt, and so would its children.
                "env",
                "--default-signal=INT",
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtrialstream.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Trialstream.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RunningCommand(process, output);
    }

    /** Runs the command to its end and answers what it wrote. */
    static String run(Path home, String... arguments) throws IOException, InterruptedException {
        RunningCommand command = start(home, arguments);
        command.awaitExit();
        return command.output();
    }

    RunningCommand awaitOutput(String text) {
        Awaitility.await().atMost(LIMIT).until(() -> output().contains(text) || !process.isAlive());
        if (!output().contains(text)) {
            throw new AssertionError("ended without writing '" + text + "' but:\n" + output());
        }
        return this;
    }

    /** What Ctrl-C does: the signal goes to the whole group. */
    void interruptGroup() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", "--", "-" + process.pid())
                .inheritIO()
                .start()
                .waitFor();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still runs after " + LIMIT + ":\n" + output());
        }
        return process.exitValue();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + output, e);
        }
    }
}
