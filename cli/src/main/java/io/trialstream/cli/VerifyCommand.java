package io.trialstream.cli;

import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.verify.Verification;
import io.trialstream.cli.verify.Verification.Verdict;
import io.trialstream.messaging.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what the broker's topics hold with what readers are shown. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Compare the topics with what is shown, trial by trial: ledger = list = outcomes = export = leaderboard, and"
                    + " evidence numbers without a gap.",
            "What is on its way is waited for, also of a study that runs. Exits with 1 where something differs."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int MOST_LINES = 20;

    private final Session session;

    @Parameters(paramLabel = "STUDY", arity = "0..1", description = "Its name or id (default: all studies).")
    private String study;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The broker (default: that of the running local stack).")
    private String bootstrapServers;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "For how long a difference may last before it counts (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--all", description = "List every difference, not only the first " + MOST_LINES + " of a study.")
    private boolean all;

    @Mixin
    private Server server;

    VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        TrialstreamClient client = server.client(session);
        KafkaConnection connection =
                KafkaConnection.to(bootstrapServers == null ? server.localBroker(session) : bootstrapServers);
        try (Verification verification = new Verification(connection, client)) {
            List<String> studies = study == null
                    ? verification.studies()
                    : List.of(client.study(study).studyId());
            List<Verdict> verdicts = verification.of(studies, Duration.ofSeconds(patience));
            verdicts.forEach(this::say);
            long different =
                    verdicts.stream().filter(verdict -> !verdict.agrees()).count();
            session.terminal().line("studies compared: " + verdicts.size() + ", with differences: " + different);
            return different == 0 ? 0 : 1;
        } catch (KafkaException e) {
            throw new CommandException("the broker does not answer: " + e.getMessage());
        }
    }

    private void say(Verdict verdict) {
        session.terminal()
                .line(verdict.studyId() + ": " + verdict.trials() + " trials, " + verdict.evidence() + " evidence: "
                        + (verdict.agrees() ? "agrees" : verdict.differences().size() + " differences"));
        verdict.differences().stream().limit(all ? Long.MAX_VALUE : MOST_LINES).forEach(difference -> session.terminal()
                .line("  " + difference));
    }
}
