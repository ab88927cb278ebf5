package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The runs of a trial.
 *
 * @param standing the run whose result counts
 * @param newestFirst the ids of all runs
 * @param ended whether the trial is final
 */
record Runs(Optional<String> standing, List<String> newestFirst, boolean ended) {

    /** Reads the server's answer about a trial. */
    static Runs of(JsonNode trial) {
        Optional<String> standing = Optional.empty();
        List<String> newestFirst = new ArrayList<>();
        for (JsonNode run : trial.path("runs")) {
            String id = run.path("runId").asText();
            newestFirst.add(0, id);
            if (run.path("stands").asBoolean()) {
                standing = Optional.of(id);
            }
        }
        String state = trial.path("state").asText();
        return new Runs(standing, newestFirst, !state.equals("QUEUED") && !state.equals("RUNNING"));
    }

    /** Of these runs the one whose result counts, else the newest. */
    Optional<String> preferred(Collection<String> candidates) {
        return standing.filter(candidates::contains)
                .or(() -> newestFirst.stream().filter(candidates::contains).findFirst());
    }
}
