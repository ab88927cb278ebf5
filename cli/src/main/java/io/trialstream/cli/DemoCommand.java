package io.trialstream.cli;

import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.StackSettings;
import io.trialstream.cli.stack.TrainerEngine;
import io.trialstream.cli.view.LeaderboardTable;
import io.trialstream.cli.view.Terminal;
import io.trialstream.infrastructure.Directories;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job in one command: a stack of its own, a study, its progress, its best trials. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Start a stack of its own, run a study on it, show its progress and its best trials.")
final class DemoCommand implements Callable<Integer> {
    private static final DateTimeFormatter DIRECTORY_NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final String CIFAR_100 = "cifar100";
    private static final String GENERATED = "shapes";
    private static final int SHOWN = 20;

    private final Session session;
    private final Terminal terminal;

    @Option(names = "--exit", description = "End the stack when the study is done, and delete its data.")
    private boolean exit;

    @Option(names = "--trainers", paramLabel = "N", defaultValue = "2", description = "Trainers (default: 2).")
    private int trainers;

    @Option(names = "--study", paramLabel = "FILE", description = "The study file (default: studies/demo.yaml).")
    private Path studyFile;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "cifar100, cifar10, shapes or folder:NAME (default: the study file's, or shapes if"
                    + " CIFAR-100 is unavailable).")
    private String dataset;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "1",
            description = "Trials that each trainer trains at once (default: 1).")
    private int slots;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "dl4j",
            description = "The trainers' engine: dl4j or libtorch (default: dl4j).")
    private TrainerEngine engine;

    DemoCommand(Session session) {
        this.session = session;
        this.terminal = session.terminal();
    }

    @Override
    public Integer call() throws InterruptedException {
        StackSettings settings = settings();
        TreeFile study = study();
        terminal.line("The study that will run:");
        terminal.line("");
        study.text().lines().forEach(line -> terminal.line("  " + line));
        terminal.line("");
        Path directory = Stacks.demos(session).resolve(DIRECTORY_NAME.format(LocalDateTime.now()));
        LocalStack stack = session.stackIn(directory);
        terminal.line("Trialstream in " + directory);
        StudyView ended;
        try (KeptStack kept = KeptStack.start(stack, settings, terminal)
                .orElseThrow(() -> new CommandException("another demo has just been started in " + directory))) {
            ended = runStudy(stack, study);
            if (!exit) {
                stayUntilEnded(stack, kept);
            }
        }
        if (exit) {
            Directories.delete(directory);
            terminal.line("ended the stack and deleted " + directory);
        }
        StudyEnd.require(ended);
        return 0;
    }

    private StackSettings settings() {
        if (trainers < 1) {
            throw new CommandException(
                    "a demo needs trainers: --trainers must be at least 1, got " + trainers, ExitCodes.USAGE);
        }
        return new StackSettings(trainers, Set.of(), OptionalInt.empty(), engine, slots);
    }

    /** The study that will run: what is wrong with it is told before anything is downloaded or started. */
    private TreeFile study() throws InterruptedException {
        Path file = studyFile == null ? session.installation().home().resolve("studies/demo.yaml") : studyFile;
        TreeFile study = TreeFile.read(session, file);
        TreeFile asked = dataset == null ? study : study.with("training", "dataset", dataset);
        asked.requireStudy();
        return withData(asked);
    }

    /** The same study where its images can be had; on generated ones where CIFAR-100 cannot. */
    private TreeFile withData(TreeFile asked) throws InterruptedException {
        if (!asked.tree().path("training").path("dataset").asText().equals(CIFAR_100)) {
            return asked;
        }
        Optional<Path> folder = new DatasetPreparation(session.installation(), engine, terminal).cifar100();
        if (folder.isPresent()) {
            terminal.line("CIFAR-100: " + folder.get());
            return asked;
        }
        if (dataset != null) {
            throw new CommandException("CIFAR-100 is unavailable; without --dataset the demo runs on generated images");
        }
        terminal.line("So this demo runs on '" + GENERATED + "', images generated from a seed, and not on CIFAR-100.");
        return asked.with("training", "dataset", GENERATED);
    }

    private StudyView runStudy(LocalStack stack, TreeFile file) throws InterruptedException {
        String url = stack.url().orElseThrow(() -> new CommandException("the results service has ended"));
        TrialstreamClient client = new TrialstreamClient(url);
        StudyView study = StudyView.from(client.createStudy(file.text(), file.mediaType()));
        String address = url + "/api/v1/studies/" + study.studyId();
        String page = url + "/studies/" + study.studyId();
        terminal.line("study " + study.name() + " (" + study.studyId() + "), in the browser: " + page);
        StudyView ended = new StudyWatch(session, client, StudyProgress.onTerminal(terminal))
                .ofNewStudy()
                .untilEnd(study.studyId());
        terminal.line("");
        terminal.line(ended.name() + " is " + ended.state()
                + ended.stateReason().map(why -> ": " + why).orElse(""));
        terminal.lines(LeaderboardTable.lines(client.leaderboard(study.studyId(), SHOWN), terminal.screen()));
        terminal.line("");
        terminal.line("dashboard:      " + page);
        terminal.line("leaderboard:    " + address + "/leaderboard");
        terminal.line("all trials:     " + address + "/trials");
        return ended;
    }

    private void stayUntilEnded(LocalStack stack, KeptStack kept) throws InterruptedException {
        terminal.line(
                "the stack stays up; its data is kept in " + stack.directory().root());
        terminal.line("Ctrl-C stops it");
        kept.awaitEnd();
    }
}
