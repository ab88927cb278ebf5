package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.view.StudyTable;
import io.trialstream.cli.view.StudyText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates studies, shows them, tells them what to do. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = "Create and control studies.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StudyCommand.Create.class,
            StudyCommand.Validate.class,
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

        @Parameters(paramLabel = "FILE", description = "The study file, YAML or JSON; - for standard input.")
        private Path file;

        @Option(
                names = "--wait",
                description = "Follow it until it ends, as 'watch' does. Exits with 3 if it has no result.")
        private boolean wait;

        @Mixin
        private JsonOption json;

        @Mixin
        private Server server;

        @Spec
        private CommandSpec spec;

        Create(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws InterruptedException {
            TreeFile tree = TreeFile.read(session, file);
            TrialstreamClient client = server.client(session);
            JsonNode created = client.createStudy(tree.text(), tree.mediaType());
            StudyView study = StudyView.from(created);
            StudyWarnings.show(spec.commandLine().getErr(), created);
            if (!json.isWanted() || !wait) {
                json.show(session, created, () -> List.of("created " + study.name() + " (" + study.studyId() + ")"));
            }
            if (wait) {
                WatchCommand.watchNew(session, client, study.studyId(), json.isWanted());
            } else if (!json.isWanted()) {
                session.terminal().note("follow it with: trialstream watch " + study.name());
            }
            return 0;
        }
    }

    /** Checks a study file. */
    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Check a study file as 'create' does, and create nothing.")
    static final class Validate implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "FILE", description = "The study file, YAML or JSON; - for standard input.")
        private Path file;

        @Mixin
        private JsonOption json;

        @Mixin
        private Server server;

        @Spec
        private CommandSpec spec;

        Validate(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            TreeFile tree = TreeFile.read(session, file);
            JsonNode preview = server.client(session).validateStudy(tree.text(), tree.mediaType());
            StudyWarnings.show(spec.commandLine().getErr(), preview);
            int parameters = preview.path("parameters").asInt();
            json.show(
                    session,
                    preview,
                    () -> List.of(preview.path("name").asText() + " is valid: " + parameters
                            + (parameters == 1 ? " parameter" : " parameters")));
            return 0;
        }
    }

    /** Lists the studies. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "List all studies.")
    static final class ListAll implements Callable<Integer> {
        private final Session session;

        @Mixin
        private JsonOption json;

        @Mixin
        private Server server;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            JsonNode studies = server.client(session).studyDocuments();
            json.show(session, studies, () -> text(studies));
            return 0;
        }

        private List<String> text(JsonNode studies) {
            List<StudyView> views = new ArrayList<>();
            studies.path("items").forEach(study -> views.add(StudyView.from(study)));
            return StudyTable.lines(views, session.terminal().screen());
        }
    }

    /** Shows a study. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show where a study stands.")
    static final class Show implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "STUDY", arity = "0..1", description = "Its name or id (default: the newest).")
        private String study;

        @Mixin
        private JsonOption json;

        @Mixin
        private Server server;

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            TrialstreamClient client = server.client(session);
            String named = Server.studyOrNewest(client, study);
            JsonNode document = client.studyDocument(named);
            json.show(session, document, () -> StudyText.lines(StudyView.from(document)));
            return 0;
        }
    }

    /** What pausing, resuming and stopping share. */
    abstract static class Steering implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "STUDY", description = "Its name or id.")
        private String study;

        @Mixin
        private JsonOption json;

        @Mixin
        private Server server;

        Steering(Session session) {
            this.session = session;
        }

        /** Tells the study and answers it as it then is. */
        abstract JsonNode tell(TrialstreamClient client, String study);

        @Override
        public Integer call() {
            JsonNode answer = tell(server.client(session), study);
            StudyView steered = StudyView.from(answer);
            json.show(
                    session,
                    answer,
                    () -> List.of(steered.name() + " is " + steered.state().toLowerCase(Locale.ROOT)));
            return 0;
        }
    }

    /** Pauses a study. */
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Start no new trials; running ones continue.")
    static final class Pause extends Steering {
        Pause(Session session) {
            super(session);
        }

        @Override
        JsonNode tell(TrialstreamClient client, String study) {
            return client.pause(study);
        }
    }

    /** Resumes a study. */
    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Start trials again.")
    static final class Resume extends Steering {
        Resume(Session session) {
            super(session);
        }

        @Override
        JsonNode tell(TrialstreamClient client, String study) {
            return client.resume(study);
        }
    }

    /** Stops a study. */
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "End a study for good. Its running trials are cancelled at the end of their epoch.")
    static final class Stop extends Steering {
        @Option(
                names = "--now",
                description = "Cancel running trials at once, in the middle of their epoch. Works for a study that was"
                        + " stopped without it, too.")
        private boolean now;

        Stop(Session session) {
            super(session);
        }

        @Override
        JsonNode tell(TrialstreamClient client, String study) {
            return client.stop(study, now);
        }
    }

    /** Trains a trial again. */
    @Command(
            name = "retrain",
            mixinStandardHelpOptions = true,
            description = "Train the best trial again to keep its weights, histograms and filter images. The new trial"
                    + " is not ranked, does not count in the budget, and the sampler does not learn from it. Works for"
                    + " a study that has ended, too.")
    static final class Retrain implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "STUDY", description = "Its name or id.")
        private String study;

        @Option(names = "--trial", paramLabel = "NUMBER", description = "Train this trial instead of the best.")
        private Integer trial;

        @Option(names = "--epochs", paramLabel = "COUNT", description = "Number of epochs (default: the study's).")
        private Integer epochs;

        @Mixin
        private JsonOption json;

        @Mixin
        private Server server;

        Retrain(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            JsonNode retrained =
                    server.client(session).retrain(study, Optional.ofNullable(trial), Optional.ofNullable(epochs));
            json.show(session, retrained, () -> text(retrained));
            return 0;
        }

        private static List<String> text(JsonNode retrained) {
            String trialId = retrained.path("trialId").asText();
            return List.of(
                    "trains " + retrained.path("retrainOf").asText() + " again as " + trialId + ", "
                            + retrained.path("epochs").asInt() + " epochs",
                    "follow it with: trialstream trial show " + trialId + ", get its files with: trialstream artifacts "
                            + trialId);
        }
    }

    /** Deletes a study. */
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Delete a study and everything stored of it, for good. Asks for its name first.")
    static final class Delete implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "STUDY", description = "Its name or id.")
        private String study;

        @Option(names = "--yes", paramLabel = "NAME", description = "The study's name: do not ask for it.")
        private String confirmed;

        @Mixin
        private JsonOption json;

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
            JsonNode deleted = client.deleteStudy(shown.studyId());
            json.show(session, deleted, () -> List.of(shown.name() + " (" + shown.studyId() + ") is deleted"));
            return 0;
        }

        private String ask(StudyView shown) {
            session.terminal()
                    .line("this deletes " + shown.name() + " (" + shown.studyId() + ") and all its trials for good;"
                            + " to confirm, type its name:");
            String line = session.terminal().readLine();
            if (line == null) {
                throw new CommandException(
                        "not deleted, because standard input is empty; to delete without confirmation: --yes "
                                + shown.name());
            }
            return line;
        }
    }
}
