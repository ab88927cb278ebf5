package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.TrialView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.view.LeaderboardTable;
import io.trialstream.cli.view.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a study's best trials. */
@Command(name = "leaderboard", mixinStandardHelpOptions = true, description = "Show a study's best trials.")
final class LeaderboardCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "STUDY", arity = "0..1", description = "Its name or id (default: the newest).")
    private String study;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most N trials (default: 20).")
    private int limit;

    @Option(names = "--wide", description = "Show all parameters, not only those that differ, and truncate nothing.")
    private boolean wide;

    @Mixin
    private JsonOption json;

    @Mixin
    private Server server;

    LeaderboardCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        TrialstreamClient client = server.client(session);
        String named = Server.studyOrNewest(client, study);
        JsonNode leaderboard = client.leaderboardDocument(named, limit);
        json.show(session, leaderboard, () -> text(leaderboard));
        return 0;
    }

    private List<String> text(JsonNode leaderboard) {
        List<TrialView> ranked = new ArrayList<>();
        leaderboard.path("items").forEach(item -> ranked.add(TrialView.from(item.path("trial"))));
        Screen screen = session.terminal().screen();
        return wide ? LeaderboardTable.wide(ranked, screen) : LeaderboardTable.lines(ranked, screen);
    }
}
