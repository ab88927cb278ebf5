package io.trialstream.cli;

import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.view.LeaderboardTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Follows a study to its end. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Follow a study until it ends, then show its best trials. Ctrl-C ends the watching only.")
final class WatchCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    private final Session session;

    @Parameters(paramLabel = "STUDY", arity = "0..1", description = "Its name or id (default: the newest).")
    private String study;

    @Mixin
    private Server server;

    WatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        TrialstreamClient client = server.client(session);
        String named = Server.studyOrNewest(client, study);
        new StudyWatch(client, session.terminal(), () -> {}).untilEnd(named);
        session.terminal()
                .lines(LeaderboardTable.lines(
                        client.leaderboard(named, SHOWN), session.terminal().columns()));
        return 0;
    }
}
