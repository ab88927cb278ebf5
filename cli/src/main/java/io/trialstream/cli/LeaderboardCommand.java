package io.trialstream.cli;

import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.view.LeaderboardTable;
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

    @Mixin
    private Server server;

    LeaderboardCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        TrialstreamClient client = server.client(session);
        String named = Server.studyOrNewest(client, study);
        session.terminal()
                .lines(LeaderboardTable.lines(
                        client.leaderboard(named, limit), session.terminal().columns()));
        return 0;
    }
}
