package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.Role;
import io.trialstream.cli.stack.StackSettings;
import io.trialstream.cli.stack.TrainerEngine;
import io.trialstream.cli.view.StackTable;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the local stack. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start the local stack: broker, database, services and trainers. It continues where it stopped.")
final class UpCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--trainers", paramLabel = "N", defaultValue = "2", description = "Trainers (default: 2).")
    private int trainers;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Port of the REST interface (default: a free one, kept for the next start).")
    private Integer httpPort;

    @Option(names = "--detach", description = "Return once it is ready and leave it running; 'down' stops it.")
    private boolean detach;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "PART",
            description = "Leave out suggester, results or trainer, to run it separately.")
    private Set<Role> without = EnumSet.noneOf(Role.class);

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

    @Option(
            names = "--program",
            paramLabel = "NAME=PROGRAM",
            description = "A program of your own that studies may name: its command line, or a folder with a"
                    + " trialstream.yaml. Without it the stack has the programs that it was last started with.")
    private Map<String, String> programs = new TreeMap<>();

    @Mixin
    private DataDirectory directory;

    UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        OptionalInt port = httpPort == null ? OptionalInt.empty() : OptionalInt.of(httpPort);
        LocalStack stack = directory.stack(session);
        session.terminal().line("Trialstream in " + stack.directory().root());
        StackSettings settings = new StackSettings(trainers, without, port, engine, slots);
        Map<String, Object> definitions = new ProgramOption(session, Path.of("")).definitions(programs);
        if (!definitions.isEmpty() && !stack.isRunning()) {
            stack.directory().writePrograms(definitions);
        }
        boolean started = detach ? startInBackground(stack, settings) : keep(stack, settings);
        if (!started) {
            List<String> ended = stack.restore();
            session.terminal()
                    .line(ended.isEmpty() ? "already running:" : "already running; restarted what had ended:");
            if (!definitions.isEmpty()) {
                session.terminal().line("programs are taken up at a start only: end it first with: trialstream down");
            }
            session.terminal()
                    .lines(StackTable.lines(stack.status(), session.terminal().screen()));
        }
        return 0;
    }

    private boolean startInBackground(LocalStack stack, StackSettings settings) {
        boolean started = stack.startInBackground(settings);
        if (started) {
            tellAddress(stack);
            session.terminal().line("left running; stop it with: trialstream down");
        }
        return started;
    }

    private boolean keep(LocalStack stack, StackSettings settings) throws InterruptedException {
        Optional<KeptStack> started = KeptStack.start(stack, settings, session.terminal());
        if (started.isPresent()) {
            try (KeptStack kept = started.get()) {
                tellAddress(stack);
                session.terminal().line("Ctrl-C stops it");
                kept.awaitEnd();
            }
        }
        return started.isPresent();
    }

    private void tellAddress(LocalStack stack) {
        stack.url().ifPresent(url -> {
            session.terminal().line("dashboard:      " + url + "/");
            session.terminal().line("REST interface: " + url + "/api/v1/studies");
        });
    }
}
