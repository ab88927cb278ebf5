package io.trialstream.cli;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.stack.TrainerEngine;
import io.trialstream.cli.view.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Has CIFAR-100 looked for on this machine, or downloaded, before a study begins that needs it. The trainer's own code
 * does it, in a process of its own: what it finds is what the trainers will find.
 */
final class DatasetPreparation {
    private static final String MAIN = "io.trialstream.trainer.dataset.PrepareDataset";

    private final Installation installation;
    private final TrainerEngine engine;
    private final Terminal terminal;

    DatasetPreparation(Installation installation, TrainerEngine engine, Terminal terminal) {
        this.installation = installation;
        this.engine = engine;
        this.terminal = terminal;
    }

    /** Answers the folder with the verified data; empty when it cannot be had, the reason having been told. */
    Optional<Path> cifar100() throws InterruptedException {
        List<String> command = new TrainerProgram(installation, engine)
                .commandLine(MAIN, installation.datasets().toString());
        try {
            Process process = new ProcessBuilder(command).start();
            Thread progress = new Thread(() -> showProgress(process), "dataset-progress");
            progress.start();
            String folder = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            progress.join();
            return process.waitFor() == 0 ? Optional.of(Path.of(folder)) : Optional.empty();
        } catch (IOException e) {
            throw new CommandException("cannot look for CIFAR-100: " + e.getMessage());
        }
    }

    private void showProgress(Process process) {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("downloading")) {
                    terminal.status(line);
                } else {
                    terminal.endStatus();
                    terminal.line(line);
                }
            }
            terminal.endStatus();
        } catch (IOException streamClosed) {
            // The process was ended together with this one.
        }
    }
}
