package io.trialstream.cli.verify;

import java.util.List;
import java.util.Map;

/**
 * What readers are shown of a study.
 *
 * @param counts its trials by state in lower case, as the study itself says
 * @param rows its trials by number
 * @param exported the lines of its export by number
 * @param leaderboard the numbers of its best trials, best first; at most {@code leaderboardLimit}
 * @param leaderboardLimit how many places were asked for
 */
record ReaderBooks(
        Map<String, Integer> counts,
        Map<Integer, ShownTrial> rows,
        Map<Integer, ShownTrial> exported,
        List<Integer> leaderboard,
        int leaderboardLimit) {

    /** Copies the collections. */
    ReaderBooks {
        counts = Map.copyOf(counts);
        rows = Map.copyOf(rows);
        exported = Map.copyOf(exported);
        leaderboard = List.copyOf(leaderboard);
    }
}
