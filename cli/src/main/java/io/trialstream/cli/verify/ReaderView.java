package io.trialstream.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.TrialstreamClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the REST interface for what readers are shown. */
final class ReaderView {
    private static final int LEADERBOARD = 1_000;

    private final TrialstreamClient client;

    ReaderView(TrialstreamClient client) {
        this.client = client;
    }

    /** What is shown of a study; empty where there is no such study. */
    Optional<ReaderBooks> books(String studyId) {
        Optional<JsonNode> study = client.findStudy(studyId);
        if (study.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Integer> counts = new HashMap<>();
        study.get()
                .path("trials")
                .properties()
                .forEach(count -> counts.put(count.getKey(), count.getValue().asInt()));
        Map<Integer, ShownTrial> rows = new HashMap<>();
        client.forEachTrial(studyId, trial -> put(rows, trial));
        Map<Integer, ShownTrial> exported = new HashMap<>();
        client.forEachExported(studyId, trial -> put(exported, trial));
        List<Integer> leaderboard = new ArrayList<>();
        client.leaderboard(studyId, LEADERBOARD).forEach(trial -> leaderboard.add(trial.number()));
        return Optional.of(new ReaderBooks(counts, rows, exported, leaderboard, LEADERBOARD));
    }

    private static void put(Map<Integer, ShownTrial> trials, JsonNode trial) {
        ShownTrial shown = new ShownTrial(
                trial.path("number").asInt(),
                trial.path("state").asText(),
                Optional.of(trial.path("evidenceNumber"))
                        .filter(JsonNode::isNumber)
                        .map(JsonNode::asLong),
                Optional.of(trial.path("objective")).filter(JsonNode::isNumber).map(JsonNode::asDouble),
                CanonicalJson.digest(trial.path("configuration")));
        trials.put(shown.number(), shown);
    }
}
