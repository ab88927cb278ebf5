package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.verify.Verification;
import io.trialstream.cli.verify.Verification.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what the broker's topics hold with what readers are shown. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Compare the topics with the database, trial by trial: ledger = list = outcomes = export = leaderboard, and"
                    + " evidence numbers without gaps.",
            "Waits for messages in flight, so it works for running studies too. Exits with 1 if anything differs."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int MOST_LINES = 20;

    private final Session session;

    @Parameters(paramLabel = "STUDY", arity = "0..1", description = "Its name or id (default: all studies).")
    private String study;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long a difference may last before it is reported (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--all", description = "List every difference, not only the first " + MOST_LINES + " of a study.")
    private boolean all;

    @Mixin
    private Broker broker;

    @Mixin
    private JsonOption json;

    @Mixin
    private Server server;

    VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        TrialstreamClient client = server.client(session);
        List<Verdict> verdicts = DeadLettersCommand.asking(() -> verdicts(client));
        json.show(session, document(verdicts), () -> text(verdicts));
        return verdicts.stream().allMatch(Verdict::agrees) ? 0 : ExitCodes.FAILURE;
    }

    private List<Verdict> verdicts(TrialstreamClient client) {
        try (Verification verification = new Verification(broker.connection(session, server.directory()), client)) {
            List<String> studies = study == null
                    ? verification.studies()
                    : List.of(client.study(study).studyId());
            return verification.of(studies, Duration.ofSeconds(patience));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted");
        }
    }

    private static JsonNode document(List<Verdict> verdicts) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode items = document.putArray("items");
        verdicts.forEach(verdict -> {
            ObjectNode item = items.addObject()
                    .put("studyId", verdict.studyId())
                    .put("trials", verdict.trials())
                    .put("evidence", verdict.evidence());
            ArrayNode differences = item.putArray("differences");
            verdict.differences().forEach(differences::add);
        });
        return document;
    }

    private List<String> text(List<Verdict> verdicts) {
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            lines.add(verdict.studyId() + ": " + verdict.trials() + " trials, " + verdict.evidence() + " evidence: "
                    + (verdict.agrees() ? "agrees" : verdict.differences().size() + " differences"));
            verdict.differences().stream()
                    .limit(all ? Long.MAX_VALUE : MOST_LINES)
                    .forEach(difference -> lines.add("  " + difference));
        }
        long different = verdicts.stream().filter(verdict -> !verdict.agrees()).count();
        lines.add("studies compared: " + verdicts.size() + ", with differences: " + different);
        return lines;
    }
}
