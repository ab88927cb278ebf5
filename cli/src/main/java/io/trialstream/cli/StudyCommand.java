package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.view.JsonText;
import io.trialstream.cli.view.ProgressLine;
import io.trialstream.cli.view.StudyTable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates studies, shows them, tells them what to do. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = "Create studies and steer them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StudyCommand.Create.class,
            StudyCommand.ListAll.class,
            StudyCommand.Show.class,
            StudyCommand.Pause.class,
            StudyCommand.Resume.class,
            StudyCommand.Stop.class,
            StudyCommand.Retrain.class,
            StudyCommand.Delete.class
        })
final class StudyCommand {

    /** Creates a study. */
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Create a study from a study file.")
    static final class Create implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "FILE", description = "The study file, YAML or JSON.")
        private Path file;

        @Mixin
        private Server server;

        Create(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            TreeFile tree = TreeFile.read(file);
            StudyView study = server.client(session).createStudy(tree.text(), tree.mediaType());
            session.terminal()
                    .line("created " + study.name() + " (" + study.studyId() + "); follow it with: "
                            + "trialstream watch " + study.name());
            return 0;
        }
    }

    /** Lists the studies. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "List all studies.")
    static final class ListAll implements Callable<Integer> {
        private final Session session;

        @Mixin
        private Server server;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            session.terminal()
                    .lines(StudyTable.lines(
                            server.client(session).studies(), session.terminal().columns()));
            return 0;
        }
    }

    /** Shows a study. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show where a study stands.")
    static final class Show implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "STUDY", arity = "0..1", description = "Its name or id (default: the newest).")
        private String study;

        @Option(names = "--json", description = "Write what the server answers, the study file included.")
        private boolean json;

        @Mixin
        private Server server;

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            TrialstreamClient client = server.client(session);
            String named = Server.studyOrNewest(client, study);
            if (json) {
                session.terminal().line(JsonText.of(client.studyDocument(named)));
            } else {
                show(client.study(named));
            }
            return 0;
        }

        private void show(StudyView shown) {
            session.terminal()
                    .line(shown.name() + " (" + shown.studyId() + ") " + shown.state()
                            + shown.stateReason().map(reason -> ": " + reason).orElse(""));
            session.terminal().line(ProgressLine.of(shown, Optional.empty()));
        }
    }

    /** What pausing, resuming and stopping share. */
    abstract static class Steering implements Callable<Integer> {
        private final Session session;
        private final String command;

        @Parameters(paramLabel = "STUDY", description = "Its name or id.")
        private String study;

        @Mixin
        private Server server;

        Steering(Session session, String command) {
            this.session = session;
            this.command = command;
        }

        @Override
        public Integer call() {
            StudyView steered = server.client(session).command(study, command);
            session.terminal().line(steered.name() + " is " + steered.state().toLowerCase(Locale.ROOT));
            return 0;
        }
    }

    /** Pauses a study. */
    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Propose no new trials; what runs goes on.")
    static final class Pause extends Steering {
        Pause(Session session) {
            super(session, "pause");
        }
    }

    /** Resumes a study. */
    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Propose trials again.")
    static final class Resume extends Steering {
        Resume(Session session) {
            super(session, "resume");
        }
    }

    /** Stops a study. */
    @Command(name = "stop", mixinStandardHelpOptions = true, description = "End a study before its budget is used up.")
    static final class Stop extends Steering {
        Stop(Session session) {
            super(session, "stop");
        }
    }

    /** Trains a trial again. */
    @Command(
            name = "retrain",
            mixinStandardHelpOptions = true,
            description = "Train the best trial again for what it leaves: weights, histograms, filter images. It is no"
                    + " evidence, takes nothing of the budget and is not ranked; also of a study that has ended.")
    static final class Retrain implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "STUDY", description = "Its name or id.")
        private String study;

        @Option(names = "--trial", paramLabel = "NUMBER", description = "Another trial than the best.")
        private Integer trial;

        @Option(names = "--epochs", paramLabel = "COUNT", description = "Another number of epochs than the study's.")
        private Integer epochs;

        @Mixin
        private Server server;

        Retrain(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            JsonNode retrained =
                    server.client(session).retrain(study, Optional.ofNullable(trial), Optional.ofNullable(epochs));
            String trialId = retrained.path("trialId").asText();
            session.terminal()
                    .line("trains " + retrained.path("retrainOf").asText() + " again as " + trialId + ", "
                            + retrained.path("epochs").asInt() + " epochs; look at it and its files with: "
                            + "trialstream trial show " + trialId);
            return 0;
        }
    }

    /** Deletes a study. */
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Delete a study with everything that is stored of it, for good. Asks for its name first.")
    static final class Delete implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "STUDY", description = "Its name or id.")
        private String study;

        @Option(names = "--yes", paramLabel = "NAME", description = "The study's name: do not ask for it.")
        private String confirmed;

        @Mixin
        private Server server;

        Delete(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            TrialstreamClient client = server.client(session);
            StudyView shown = client.study(study);
            String typed = confirmed == null ? ask(shown) : confirmed;
            if (!typed.trim().equals(shown.name())) {
                throw new CommandException("not deleted: the study's name is " + shown.name() + ", not " + typed);
            }
            client.deleteStudy(shown.studyId());
            session.terminal().line(shown.name() + " (" + shown.studyId() + ") is deleted");
            return 0;
        }

        private String ask(StudyView shown) {
            session.terminal()
                    .line("this deletes " + shown.name() + " (" + shown.studyId() + ") with all its trials, for good;"
                            + " type its name to go on:");
            String line = session.terminal().readLine();
            if (line == null) {
                throw new CommandException("not deleted: nobody answered; without asking: --yes " + shown.name());
            }
            return line;
        }
    }
}
