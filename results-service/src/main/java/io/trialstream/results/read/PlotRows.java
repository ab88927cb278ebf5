package io.trialstream.results.read;

import io.trialstream.contracts.TrialState;
import io.trialstream.results.store.JsonText;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Trials for charts: all of them, or the best and a sample. Thread-safe. */
@ApplicationScoped
public class PlotRows {
    /** How many of the best are never left out. */
    public static final int BEST = 500;

    private static final TrialField[] FIELDS = {
        TrialField.NUMBER,
        TrialField.STATE,
        TrialField.ORIGIN,
        TrialField.OBJECTIVE,
        TrialField.BEST_EPOCH,
        TrialField.EPOCHS,
        TrialField.TRAINER_ID,
        TrialField.STARTED_AT,
        TrialField.FINISHED_AT,
        TrialField.TRAINING_SECONDS,
        TrialField.CONFIGURATION
    };
    private static final Selection SELECTION = Selection.of(FIELDS);

    private final Database database;
    private final StudyRows studies;

    PlotRows(Database database, StudyRows studies) {
        this.database = database;
        this.studies = studies;
    }

    /** A study's trials, at most that many; the best 500 are never left out. */
    public PlotData of(StudyRow study, int maxPoints) {
        return of(study, maxPoints, Math.min(BEST, maxPoints));
    }

    /**
     * A study's trials, at most that many.
     *
     * @param best how many of the best are never left out
     */
    PlotData of(StudyRow study, int maxPoints, int best) {
        int trials = study.counts().all();
        if (trials <= maxPoints) {
            Sql all = TrialRows.keyed(
                    study.studyId(), TrialFilter.SEARCH, TrialOrder.byNumber(), Optional.empty(), SELECTION, maxPoints);
            return table(trials, Optional.empty(), database.list(all, PlotRows::read));
        }
        long seed = studies.spec(study.studyId()).seed().orElse(0);
        Map<Object, Map<String, Object>> byNumber = new TreeMap<>();
        Sql leaders = TrialRows.keyed(
                study.studyId(),
                TrialFilter.SEARCH.in(Set.of(TrialState.COMPLETED)),
                TrialOrder.byLoss(true),
                Optional.empty(),
                SELECTION,
                best);
        database.list(leaders, PlotRows::read).forEach(row -> byNumber.put(row.get("number"), row));
        Integer[] sample = BottomSample.of(trials, maxPoints - best, seed);
        database.list(TrialRows.numbered(study.studyId(), sample, SELECTION), PlotRows::read)
                .forEach(row -> byNumber.put(row.get("number"), row));
        String note =
                "the best " + best + " completed trials and a random sample of " + sample.length + " of all " + trials;
        return table(
                trials,
                Optional.of(new PlotData.Sampling(best, sample.length, seed, note)),
                List.copyOf(byNumber.values()));
    }

    private static Map<String, Object> read(ResultSet row) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (TrialField field : FIELDS) {
            if (field.isTree()) {
                flatten(field.json(), JsonText.object((String) field.value(row)), values);
            } else {
                values.put(field.json(), field.value(row));
            }
        }
        return values;
    }

    private static void flatten(String path, Map<?, ?> members, Map<String, Object> values) {
        members.forEach((key, value) -> {
            String name = path + "." + key;
            if (value instanceof Map<?, ?> inner) {
                flatten(name, inner, values);
            } else {
                values.put(name, value instanceof List<?> ? value.toString() : value);
            }
        });
    }

    private static PlotData table(int trials, Optional<PlotData.Sampling> sampling, List<Map<String, Object>> rows) {
        Set<String> fields = new LinkedHashSet<>();
        rows.forEach(row -> fields.addAll(row.keySet()));
        List<List<Object>> table = new ArrayList<>(rows.size());
        for (Map<String, Object> row : rows) {
            List<Object> cells = new ArrayList<>(fields.size());
            fields.forEach(field -> cells.add(row.get(field)));
            table.add(cells);
        }
        return new PlotData(trials, sampling, List.copyOf(fields), table);
    }
}
