package io.trialstream.cli;

import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.view.LeaderboardTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a study to its end. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Follow a study until it ends, then show its best trials. Ctrl-C only stops watching."
                + " Exits with 3 if the study fails, or ends without a completed trial.")
final class WatchCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    private final Session session;

    @Parameters(paramLabel = "STUDY", arity = "0..1", description = "Its name or id (default: the newest).")
    private String study;

    @Option(names = "--json", description = "Write a line of JSON for each change, the study as 'study list' has it.")
    private boolean json;

    @Mixin
    private Server server;

    WatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        TrialstreamClient client = server.client(session);
        String named = Server.studyOrNewest(client, study);
        showEnd(session, client, watch(session, client, json).untilEnd(named), json);
        return 0;
    }

    /** Follows a study that was created just now to its end, and shows what came of it. */
    static void watchNew(Session session, TrialstreamClient client, String study, boolean json)
            throws InterruptedException {
        showEnd(session, client, watch(session, client, json).ofNewStudy().untilEnd(study), json);
    }

    private static StudyWatch watch(Session session, TrialstreamClient client, boolean json) {
        StudyProgress progress =
                json ? StudyProgress.asJson(session.terminal()) : StudyProgress.onTerminal(session.terminal());
        return new StudyWatch(session, client, progress);
    }

    private static void showEnd(Session session, TrialstreamClient client, StudyView ended, boolean json) {
        if (!json && ended.count("completed") > 0) {
            session.terminal()
                    .lines(LeaderboardTable.lines(
                            client.leaderboard(ended.studyId(), SHOWN),
                            session.terminal().screen()));
        }
        StudyEnd.require(ended);
    }
}
