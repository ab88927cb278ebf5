package io.trialstream.cli;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.stack.TrainerEngine;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A program of the trainer, run in a process of its own: what it knows of networks and data sets is what the trainers
 * know.
 */
final class TrainerProgram {
    private final Installation installation;
    private final TrainerEngine engine;

    TrainerProgram(Installation installation, TrainerEngine engine) {
        this.installation = installation;
        this.engine = engine;
    }

    /** Answers the command line that runs this class of the trainer. */
    List<String> commandLine(String mainClass, String... arguments) {
        Path libraries = installation.trainer(engine).resolve("lib").resolve("main");
        if (!Files.isDirectory(libraries)) {
            throw new CommandException(libraries + " is missing; build it with: mvn -DskipTests package");
        }
        List<String> command = new ArrayList<>(installation.java());
        command.addAll(List.of(
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", libraries + File.separator + "*", mainClass));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /**
     * Runs the program on this input and answers its output.
     *
     * @throws CommandException with its standard error where it fails
     */
    String run(String mainClass, String input, String... arguments) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(commandLine(mainClass, arguments)).start();
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException readNothing) {
                // It has ended already, and its errors say why.
            }
            if (process.waitFor() == 0) {
                return output.join();
            }
            throw new CommandException(errors.join().strip());
        } catch (IOException e) {
            throw new CommandException("cannot run the trainer's program: " + e.getMessage());
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
