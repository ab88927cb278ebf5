package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.view.JsonText;
import io.trialstream.cli.view.TrialText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows single trials. */
@Command(
        name = "trial",
        mixinStandardHelpOptions = true,
        description = "Look at a single trial.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TrialCommand.Show.class)
final class TrialCommand {

    /** Shows a trial. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a trial: configuration, metrics by epoch, every attempt at it, its files.")
    static final class Show implements Callable<Integer> {
        private final Session session;

        @Parameters(
                paramLabel = "ID",
                description = "STUDY:NUMBER with the study's name or id, or only the number within the newest study.")
        private String id;

        @Option(names = "--json", description = "Write what the server answers.")
        private boolean json;

        @Mixin
        private Server server;

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            TrialstreamClient client = server.client(session);
            String trialId = trialId(client);
            JsonNode trial = client.trialDocument(trialId);
            JsonNode curve = client.curve(trialId);
            if (json) {
                ObjectNode both = JsonNodeFactory.instance.objectNode();
                both.set("trial", trial);
                both.set("curve", curve);
                session.terminal().line(JsonText.of(both));
            } else {
                session.terminal()
                        .lines(TrialText.lines(
                                trial,
                                curve,
                                client.artifacts(trialId),
                                session.terminal().columns()));
            }
            return 0;
        }

        private String trialId(TrialstreamClient client) {
            int colon = id.lastIndexOf(':');
            String number = id.substring(colon + 1);
            if (!number.matches("#?\\d{1,9}")) {
                throw new CommandException("'" + id + "' is no trial; write STUDY:NUMBER");
            }
            String study = Server.studyOrNewest(client, colon < 0 ? null : id.substring(0, colon));
            return client.study(study).studyId() + ":" + number.replace("#", "");
        }
    }
}
