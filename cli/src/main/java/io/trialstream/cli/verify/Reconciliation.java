package io.trialstream.cli.verify;

import io.trialstream.cli.verify.Difference.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the topics hold of a study against what readers are shown, trial by trial: ledger = rows = outcomes = export =
 * leaderboard. It knows nothing of how either side works, and nothing of time: what is on its way from one to the other is
 * a difference like any other.
 */
final class Reconciliation {
    private static final double TOLERANCE = 1e-12;

    private final TopicBooks topics;
    private final ReaderBooks readers;
    private final List<Difference> differences = new ArrayList<>();

    private Reconciliation(TopicBooks topics, ReaderBooks readers) {
        this.topics = topics;
        this.readers = readers;
    }

    /** In which ways they differ, in the order of the trials where they have any. */
    static List<Difference> of(TopicBooks topics, ReaderBooks readers) {
        Reconciliation reconciliation = new Reconciliation(topics, readers);
        reconciliation.ledger();
        reconciliation.outcomes();
        reconciliation.evidence();
        reconciliation.export();
        reconciliation.leaderboard();
        reconciliation.counts();
        return List.copyOf(reconciliation.differences);
    }

    private void ledger() {
        for (int number = 0; number < topics.given(); number++) {
            if (!topics.ledger().containsKey(number)) {
                differ(Code.LEDGER_GAP, number, "the number was assigned, but the ledger has no such trial");
            }
        }
        for (int number : both(topics.ledger(), readers.rows())) {
            ProposedTrial proposed = topics.ledger().get(number);
            ShownTrial row = readers.rows().get(number);
            if (proposed == null) {
                differ(Code.LEDGER_MISSING, number, "shown as " + row.state() + ", but the ledger has no such trial");
            } else if (row == null) {
                differ(Code.ROW_MISSING, number, "in the ledger, but not shown");
            } else if (!proposed.configuration().equals(row.configuration())) {
                differ(Code.CONFIGURATION, number, "the configuration shown is not the ledger's");
            }
            if (proposed != null && number >= topics.given()) {
                differ(Code.LEDGER_GAP, number, "only numbers below " + topics.given() + " were assigned");
            }
        }
    }

    private void outcomes() {
        topics.contradicted().stream()
                .sorted()
                .forEach(number -> differ(Code.OUTCOME_CHANGED, number, "published outcomes differ"));
        topics.ledger().values().stream()
                .sorted(Comparator.comparingInt(ProposedTrial::number))
                .filter(trial -> !topics.outcomes().containsKey(trial.number()))
                .filter(trial -> trial.end() != ProposedTrial.End.NONE
                        || topics.reported().contains(trial.number()))
                .forEach(trial ->
                        differ(Code.OUTCOME_MISSING, trial.number(), "it has ended, but no outcome was published"));
        for (int number : both(topics.outcomes(), readers.rows())) {
            PublishedOutcome outcome = topics.outcomes().get(number);
            ShownTrial row = readers.rows().get(number);
            if (outcome == null) {
                if (row.isFinal()) {
                    differ(Code.OUTCOME, number, "shown as " + row.state() + ", but no outcome was published");
                }
                continue;
            }
            ProposedTrial proposed = topics.ledger().get(number);
            if (proposed == null) {
                differ(Code.LEDGER_MISSING, number, "an outcome was published, but the ledger has no such trial");
            } else if (!proposed.configurationHash().equals(outcome.configurationHash())) {
                differ(Code.CONFIGURATION, number, "its outcome has another configuration");
            }
            if (row != null && !agree(outcome, row)) {
                differ(Code.OUTCOME, number, "published " + said(outcome) + ", shown " + said(row));
            }
        }
    }

    private void evidence() {
        TreeMap<Long, Integer> owners = new TreeMap<>();
        topics.outcomes().values().stream()
                .sorted(Comparator.comparingInt(PublishedOutcome::number))
                .forEach(outcome -> outcome.evidenceNumber().ifPresent(number -> {
                    Integer other = owners.putIfAbsent(number, outcome.number());
                    if (other != null) {
                        differ(
                                Code.EVIDENCE,
                                outcome.number(),
                                "evidence number " + number + " also belongs to trial " + other);
                    }
                }));
        long highest = owners.isEmpty() ? 0 : owners.lastKey();
        for (long number = 1; number < highest; number++) {
            if (!owners.containsKey(number)) {
                differences.add(
                        Difference.ofStudy(Code.EVIDENCE, "evidence number " + number + " belongs to no outcome"));
            }
        }
    }

    private void export() {
        for (int number : both(readers.rows(), readers.exported())) {
            ShownTrial row = readers.rows().get(number);
            ShownTrial line = readers.exported().get(number);
            if (line == null) {
                differ(Code.EXPORT, number, "listed, but not exported");
            } else if (row == null) {
                differ(Code.EXPORT, number, "exported, but not listed");
            } else if (!row.equals(line)) {
                differ(Code.EXPORT, number, "listed as " + said(row) + ", exported as " + said(line));
            }
        }
    }

    private void leaderboard() {
        Comparator<PublishedOutcome> better =
                Comparator.comparing(outcome -> outcome.objective().orElseThrow());
        List<Integer> expected = topics.outcomes().values().stream()
                .filter(outcome -> outcome.state().equals("COMPLETED"))
                .filter(outcome -> outcome.evidenceNumber().isPresent())
                .sorted((topics.maximize() ? better.reversed() : better).thenComparingInt(PublishedOutcome::number))
                .limit(readers.leaderboardLimit())
                .map(PublishedOutcome::number)
                .toList();
        List<Integer> shown = readers.leaderboard();
        if (!shown.equals(expected)) {
            int place = 0;
            while (place < Math.min(shown.size(), expected.size())
                    && shown.get(place).equals(expected.get(place))) {
                place++;
            }
            differences.add(Difference.ofStudy(
                    Code.LEADERBOARD,
                    "rank " + (place + 1) + " belongs to trial " + at(expected, place) + " by the outcomes, but shows "
                            + at(shown, place)));
        }
    }

    private void counts() {
        Map<String, Integer> counted = new HashMap<>();
        readers.rows().values().stream()
                .filter(row -> Optional.ofNullable(topics.ledger().get(row.number()))
                        .map(trial -> !trial.retrain())
                        .orElse(true))
                .forEach(row -> counted.merge(row.state().toLowerCase(Locale.ROOT), 1, Integer::sum));
        Set<String> states =
                new TreeSet<>(Set.of("queued", "running", "completed", "pruned", "infeasible", "failed", "cancelled"));
        for (String state : states) {
            int listed = counted.getOrDefault(state, 0);
            int said = readers.counts().getOrDefault(state, 0);
            if (listed != said) {
                differences.add(Difference.ofStudy(
                        Code.COUNTS, "the study counts " + said + " trials " + state + ", listed are " + listed));
            }
        }
    }

    private void differ(Code code, int trial, String text) {
        differences.add(Difference.of(code, trial, text));
    }

    private static boolean agree(PublishedOutcome outcome, ShownTrial row) {
        return outcome.state().equals(row.state())
                && outcome.evidenceNumber().equals(row.evidenceNumber())
                && same(outcome.objective(), row.objective());
    }

    private static boolean same(Optional<Double> a, Optional<Double> b) {
        return a.isPresent() == b.isPresent()
                && (a.isEmpty() || Math.abs(a.get() - b.get()) <= TOLERANCE * Math.abs(a.get()));
    }

    private static String said(PublishedOutcome outcome) {
        return said(outcome.state(), outcome.evidenceNumber(), outcome.objective());
    }

    private static String said(ShownTrial trial) {
        return said(trial.state(), trial.evidenceNumber(), trial.objective());
    }

    private static String said(String state, Optional<Long> evidence, Optional<Double> objective) {
        return state
                + evidence.map(number -> " as evidence " + number).orElse("")
                + objective.map(value -> " with " + value).orElse("");
    }

    private static String at(List<Integer> places, int place) {
        return place < places.size() ? places.get(place).toString() : "none";
    }

    private static Set<Integer> both(Map<Integer, ?> a, Map<Integer, ?> b) {
        Set<Integer> numbers = new TreeSet<>(a.keySet());
        numbers.addAll(b.keySet());
        return numbers;
    }
}
