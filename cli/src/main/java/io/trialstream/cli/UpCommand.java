package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.Role;
import io.trialstream.cli.stack.StackSettings;
import io.trialstream.cli.stack.TrainerEngine;
import io.trialstream.cli.view.StackTable;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the local stack. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start the local stack: broker, database, services and trainers. It goes on where it was left.")
final class UpCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 1_000;

    private final Session session;

    @Option(names = "--trainers", paramLabel = "N", defaultValue = "2", description = "Trainers (default: 2).")
    private int trainers;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Port of the REST interface (default: a free one, kept for the next start).")
    private Integer httpPort;

    @Option(names = "--detach", description = "Return once it serves and leave it running; 'down' ends it.")
    private boolean detach;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "PART",
            description = "Leave out suggester, results or trainer, to run it by other means.")
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
            description = "What trainers compute with: dl4j or libtorch (default: dl4j).")
    private TrainerEngine engine;

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
        Optional<KeptStack> kept =
                KeptStack.start(stack, new StackSettings(trainers, without, port, engine, slots), session.terminal());
        if (kept.isEmpty()) {
            int revived = stack.revive();
            session.terminal()
                    .line(revived == 0 ? "it runs already:" : "it runs already, and what had ended runs again:");
            session.terminal()
                    .lines(StackTable.lines(stack.state(), session.terminal().screen()));
            return 0;
        }
        stack.url().ifPresent(url -> session.terminal().line("REST interface: " + url + "/api/v1/studies"));
        if (detach) {
            kept.get().detach();
            session.terminal().line("left running; end it with: trialstream down");
        } else {
            keep(stack, kept.get());
        }
        return 0;
    }

    private void keep(LocalStack stack, KeptStack kept) throws InterruptedException {
        session.terminal().line("Ctrl-C stops it");
        try (kept) {
            while (stack.isRunning()) {
                stack.reportDeaths();
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }
}
