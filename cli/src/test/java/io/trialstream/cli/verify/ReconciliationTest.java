package io.trialstream.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.verify.Difference.Code;
import io.trialstream.cli.verify.ProposedTrial.End;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private int given = 6;
    private boolean maximize = true;
    private final Map<Integer, ProposedTrial> ledger = new HashMap<>();
    private final Set<Integer> reported = new HashSet<>();
    private final Map<Integer, PublishedOutcome> outcomes = new HashMap<>();
    private final Set<Integer> contradicted = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<Integer, ShownTrial> rows = new HashMap<>();
    private final Map<Integer, ShownTrial> exported = new HashMap<>();
    private final List<Integer> leaderboard = new ArrayList<>(List.of(3, 0, 1));

    /** Three completed trials, one that failed, one that runs and a retrain; of two equal ones the earlier leads. */
    ReconciliationTest() {
        ended(0, "COMPLETED", Optional.of(2L), Optional.of(0.5));
        ended(1, "COMPLETED", Optional.of(1L), Optional.of(0.5));
        ended(2, "FAILED", Optional.empty(), Optional.empty());
        ended(3, "COMPLETED", Optional.of(3L), Optional.of(0.75));
        proposed(4, false, End.NONE);
        shown(4, "RUNNING", Optional.empty(), Optional.empty());
        ended(5, "COMPLETED", Optional.empty(), Optional.of(0.9));
        proposed(5, true, End.NONE);
        counts.putAll(Map.of("completed", 3, "failed", 1, "running", 1));
    }

    @Test
    void shouldFindNothingWhereAllAgree() {
        assertThat(differences()).isEmpty();
    }

    @Test
    void shouldRankTheLowestFirstWhereThatIsBetter() {
        maximize = false;

        assertThat(codes()).containsExactly(Code.LEADERBOARD);
        leaderboard.clear();
        leaderboard.addAll(List.of(0, 1, 3));
        assertThat(differences()).isEmpty();
    }

    @Test
    void shouldMissTrialsOfTheLedger() {
        given = 8;
        proposed(6, false, End.NONE);

        assertThat(differences())
                .extracting(Difference::code, difference -> difference.trial().orElseThrow())
                .containsExactly(tuple(Code.LEDGER_GAP, 7), tuple(Code.ROW_MISSING, 6));
    }

    @Test
    void shouldMissALedgerRecordBehindAShownTrial() {
        ledger.remove(4);

        assertThat(codes()).containsExactly(Code.LEDGER_GAP, Code.LEDGER_MISSING);
    }

    @Test
    void shouldMissTheOutcomeOfWhatHasEnded() {
        // Reported, given up and imported
        outcomes.remove(3);
        rows.put(3, new ShownTrial(3, "RUNNING", Optional.empty(), Optional.empty(), "c3"));
        exported.put(3, rows.get(3));
        reported.add(3);
        leaderboard.remove(0);
        counts.putAll(Map.of("completed", 2, "running", 2));
        outcomes.remove(2);
        proposed(2, false, End.DECIDED);
        proposed(4, false, End.IMPORTED);

        assertThat(differences())
                .extracting(Difference::code, difference -> difference.trial().orElseThrow())
                .containsExactly(
                        tuple(Code.OUTCOME_MISSING, 2),
                        tuple(Code.OUTCOME_MISSING, 3),
                        tuple(Code.OUTCOME_MISSING, 4),
                        tuple(Code.OUTCOME, 2));
    }

    @Test
    void shouldSeeAnOutcomeThatIsNotShownAsItWasPublished() {
        rows.put(0, new ShownTrial(0, "COMPLETED", Optional.of(4L), Optional.of(0.5), "c0"));
        exported.put(0, rows.get(0));

        assertThat(differences()).singleElement().satisfies(difference -> {
            assertThat(difference.code()).isEqualTo(Code.OUTCOME);
            assertThat(difference.text())
                    .isEqualTo("published COMPLETED as evidence 2 with 0.5, shown COMPLETED as evidence 4 with 0.5");
        });
    }

    @Test
    void shouldSeeEvidenceNumbersThatAreLeftOutOrGivenTwice() {
        outcomes.put(3, new PublishedOutcome(3, "COMPLETED", Optional.of(2L), "h3", Optional.of(0.75)));
        outcomes.put(1, new PublishedOutcome(1, "COMPLETED", Optional.of(5L), "h1", Optional.of(0.5)));

        assertThat(differences())
                .filteredOn(difference -> difference.code() == Code.EVIDENCE)
                .extracting(Difference::text)
                .containsExactly(
                        "evidence number 2 also belongs to trial 0",
                        "evidence number 1 belongs to no outcome",
                        "evidence number 3 belongs to no outcome",
                        "evidence number 4 belongs to no outcome");
    }

    @Test
    void shouldSeeAnotherConfiguration() {
        rows.put(0, new ShownTrial(0, "COMPLETED", Optional.of(2L), Optional.of(0.5), "other"));
        exported.put(0, rows.get(0));
        outcomes.put(1, new PublishedOutcome(1, "COMPLETED", Optional.of(1L), "other", Optional.of(0.5)));

        assertThat(codes()).containsExactly(Code.CONFIGURATION, Code.CONFIGURATION);
    }

    @Test
    void shouldSeeOutcomesThatChanged() {
        contradicted.add(1);

        assertThat(codes()).containsExactly(Code.OUTCOME_CHANGED);
    }

    @Test
    void shouldSeeAnExportThatDiffersFromTheList() {
        exported.remove(4);
        exported.put(0, new ShownTrial(0, "COMPLETED", Optional.of(2L), Optional.of(0.4), "c0"));

        assertThat(codes()).containsExactly(Code.EXPORT, Code.EXPORT);
    }

    @Test
    void shouldSeeAWrongLeaderboardAndWrongCounts() {
        leaderboard.set(1, 1);
        leaderboard.set(2, 0);
        counts.put("completed", 4);

        assertThat(differences())
                .extracting(Difference::text)
                .containsExactly(
                        "rank 2 belongs to trial 0 by the outcomes, but shows 1",
                        "the study counts 4 trials completed, listed are 3");
    }

    @Test
    void shouldCountOnlyWhatLasts() {
        Settling settling = new Settling();
        Difference lost = Difference.of(Code.OUTCOME_MISSING, 3, "it has ended");
        Difference underway = Difference.of(Code.ROW_MISSING, 4, "it is in the ledger");
        Difference later = Difference.of(Code.ROW_MISSING, 5, "it is in the ledger");

        settling.look(List.of(lost, underway));
        assertThat(settling.isSettled()).isFalse();
        settling.look(List.of(lost, later));
        assertThat(settling.lasting()).containsExactly(lost);
        settling.look(List.of(later));
        assertThat(settling.isSettled()).isTrue();
    }

    private void ended(int number, String state, Optional<Long> evidence, Optional<Double> objective) {
        proposed(number, false, End.NONE);
        outcomes.put(number, new PublishedOutcome(number, state, evidence, "h" + number, objective));
        shown(number, state, evidence, objective);
    }

    private void proposed(int number, boolean retrain, End end) {
        ledger.put(number, new ProposedTrial(number, "h" + number, "c" + number, retrain, end));
    }

    private void shown(int number, String state, Optional<Long> evidence, Optional<Double> objective) {
        ShownTrial trial = new ShownTrial(number, state, evidence, objective, "c" + number);
        rows.put(number, trial);
        exported.put(number, trial);
    }

    private List<Difference> differences() {
        return Reconciliation.of(
                new TopicBooks(given, maximize, ledger, reported, outcomes, contradicted),
                new ReaderBooks(counts, rows, exported, leaderboard, 10));
    }

    private List<Code> codes() {
        return differences().stream().map(Difference::code).toList();
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}
