package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.cli.client.TrialQuery;
import io.trialstream.cli.client.TrialView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.view.Screen;
import io.trialstream.cli.view.TrialTable;
import io.trialstream.cli.view.TrialText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows trials. */
@Command(
        name = "trial",
        mixinStandardHelpOptions = true,
        description = "List a study's trials, or show one of them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TrialCommand.ListAll.class, TrialCommand.Show.class})
final class TrialCommand {

    /** Lists trials. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List a study's trials in any state, by default in the order of their numbers.")
    static final class ListAll implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "STUDY", arity = "0..1", description = "Its name or id (default: the newest).")
        private String study;

        @Option(
                names = "--state",
                paramLabel = "STATES",
                description = "Only trials in these states, separated by commas: queued, running, completed, pruned,"
                        + " infeasible, failed, cancelled.")
        private String states;

        @Option(
                names = "--origin",
                paramLabel = "ORIGIN",
                description = "Only trials of this origin: startup, model, enqueued, imported, retrain.")
        private String origin;

        @Option(names = "--trainer", paramLabel = "ID", description = "Only trials of this trainer.")
        private String trainer;

        @Option(
                names = "--where",
                paramLabel = "PARAMETER=VALUES",
                description = "Only trials whose parameter has one of these values, separated by commas, or is within"
                        + " a range such as 0.1..0.5. May be repeated.")
        private Map<String, String> conditions = new LinkedHashMap<>();

        @Option(
                names = "--sort",
                paramLabel = "FIELD[:desc]",
                description = "The order: number, objective, epochs, trainingSeconds, proposedAt, startedAt,"
                        + " finishedAt, best.METRIC, end.METRIC or configuration.PARAMETER.")
        private String sort;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "50",
                description = "At most N trials (default: 50).")
        private int limit;

        @Option(names = "--page", paramLabel = "TOKEN", description = "Continue an earlier list: its nextPageToken.")
        private String page;

        @Option(
                names = "--wide",
                description = "Show all parameters, not only those that differ, and truncate nothing.")
        private boolean wide;

        @Mixin
        private JsonOption json;

        @Mixin
        private Server server;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            TrialQuery query = query();
            TrialstreamClient client = server.client(session);
            JsonNode trials = client.trials(Server.studyOrNewest(client, study), query);
            json.show(session, trials, () -> text(trials));
            if (!json.isWanted() && trials.has("nextPageToken")) {
                session.terminal()
                        .note("there are more; next page: --page "
                                + trials.path("nextPageToken").asText());
            }
            return 0;
        }

        private TrialQuery query() {
            if (limit < 1) {
                throw new CommandException("--limit must be above 0, got " + limit, ExitCodes.USAGE);
            }
            Map<String, String> filters = new HashMap<>();
            conditions.forEach((parameter, values) -> filters.put("param." + parameter, values));
            put(filters, "state", states);
            put(filters, "origin", origin);
            put(filters, "trainer", trainer);
            return new TrialQuery(
                    filters,
                    Optional.ofNullable(sort).map(order -> order.replaceFirst(":(asc|desc)$", " $1")),
                    limit,
                    Optional.ofNullable(page));
        }

        private static void put(Map<String, String> filters, String name, String value) {
            if (value != null) {
                filters.put(name, value);
            }
        }

        private List<String> text(JsonNode trials) {
            List<TrialView> views = new ArrayList<>();
            trials.path("items").forEach(trial -> views.add(TrialView.from(trial)));
            Screen screen = session.terminal().screen();
            return wide ? TrialTable.wide(views, screen) : TrialTable.lines(views, screen);
        }
    }

    /** Shows a trial. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a trial: configuration, metrics by epoch, every run of it, its files.")
    static final class Show implements Callable<Integer> {
        private final Session session;

        @Parameters(
                paramLabel = "TRIAL",
                description = "STUDY:NUMBER with the study's name or id, or only the number within the newest study.")
        private String trial;

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
            String trialId = Server.trialId(client, trial);
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.set("trial", client.trialDocument(trialId));
            document.set("curve", client.curve(trialId));
            json.show(
                    session,
                    document,
                    () -> TrialText.lines(
                            document.path("trial"),
                            document.path("curve"),
                            client.artifacts(trialId).path("items"),
                            session.terminal().screen()));
            return 0;
        }
    }
}
