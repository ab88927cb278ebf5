package io.trialstream.results.read;

import io.trialstream.importance.ParameterImportance;
import io.trialstream.importance.PedAnova;
import io.trialstream.results.store.JsonText;
import io.trialstream.space.Assignment;
import io.trialstream.space.SearchSpace;
import io.trialstream.tpe.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Analyses over all trials of a study. Thread-safe. */
@ApplicationScoped
public class AnalysisRows {
    /** Larger evidence is sampled. */
    public static final int MOST_EVIDENCE = 10_000;

    private static final int KEPT_IMPORTANCES = 200;
    private static final int FEWEST_BEST = 5;

    private final Database database;
    private final StudyRows studies;
    /** By study and count of evidence, which together fix the answer. */
    private final Map<String, Importances> importances = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Importances> eldest) {
            return size() > KEPT_IMPORTANCES;
        }
    };

    AnalysisRows(Database database, StudyRows studies) {
        this.database = database;
        this.studies = studies;
    }

    /** A completed trial that was better than all before it. */
    public record Improvement(
            int number, long evidenceNumber, double objective, Instant recordedAt, long trainingMillis) {}

    /** What was found from this much evidence. */
    public record Importances(int trials, List<ParameterImportance> parameters) {}

    /** An attempt at a trial, from its start on. */
    public record Attempt(
            String runId,
            String trialId,
            String trainerId,
            String state,
            Optional<String> outcome,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<Integer> resumedEpoch,
            int lastEpoch) {}

    /** The place of an attempt in the order of their starts. */
    public record AttemptPlace(Instant startedAt, String runId) {}

    /** The improvements of the best objective. */
    public List<Improvement> improvements(String studyId) {
        return database.list(
                Sql.of(
                        """
                        select number, evidence_number, objective, recorded_at, training_millis from improvement
                        where study_id = ? order by evidence_number""",
                        studyId),
                row -> new Improvement(
                        row.getInt("number"),
                        row.getLong("evidence_number"),
                        row.getDouble("objective"),
                        time(row, "recorded_at").orElseThrow(),
                        row.getLong("training_millis")));
    }

    /** A study's runs, newest first. */
    public List<Attempt> attempts(String studyId, Optional<AttemptPlace> after, int limit) {
        Sql sql = Sql.of("select * from run where study_id = ? and started_at is not null", studyId);
        after.ifPresent(
                place -> sql.add("and (started_at, run_id) < (?::timestamptz, ?)", place.startedAt(), place.runId()));
        return database.list(
                sql.add("order by started_at desc, run_id desc limit ?", limit),
                row -> new Attempt(
                        row.getString("run_id"),
                        row.getString("trial_id"),
                        row.getString("trainer_id"),
                        row.getString("state"),
                        Optional.ofNullable(row.getString("outcome")),
                        time(row, "started_at").orElseThrow(),
                        time(row, "ended_at"),
                        Optional.ofNullable((Integer) row.getObject("resumed_epoch")),
                        row.getInt("last_epoch")));
    }

    /** The importance of each parameter; large evidence is sampled. */
    public Importances importances(StudyRow study) {
        String key = study.studyId() + " " + study.evidenceCount();
        synchronized (importances) {
            Importances known = importances.get(key);
            if (known != null) {
                return known;
            }
        }
        Importances found = evaluate(study);
        synchronized (importances) {
            importances.put(key, found);
        }
        return found;
    }

    /** The part of this many trials that counts as the best: a tenth, and no fewer than five trials. */
    public static double quantile(int trials) {
        return trials <= FEWEST_BEST ? PedAnova.QUANTILE : Math.max(PedAnova.QUANTILE, FEWEST_BEST / (double) trials);
    }

    private Importances evaluate(StudyRow study) {
        SearchSpace space = studies.spec(study.studyId()).space();
        Sql sql = Sql.of(
                "select number, state, loss, assignment from trial where study_id = ?"
                        + " and state in ('COMPLETED', 'INFEASIBLE') and origin <> 'RETRAIN'",
                study.studyId());
        int trials = study.counts().all();
        if (trials > MOST_EVIDENCE) {
            long seed = studies.spec(study.studyId()).seed().orElse(0);
            sql.add("and number = any(?)", (Object) BottomSample.of(trials, MOST_EVIDENCE, seed));
        }
        List<Observation> seen = database.list(sql, row -> observation(row, space));
        return new Importances(seen.size(), PedAnova.evaluate(space, seen, quantile(seen.size())));
    }

    private static Observation observation(ResultSet row, SearchSpace space) throws SQLException {
        Assignment assignment = new Assignment(JsonText.metrics(row.getString("assignment")));
        return row.getString("state").equals("COMPLETED")
                ? Observation.completed(row.getInt("number"), space.project(assignment), row.getDouble("loss"))
                : Observation.infeasible(row.getInt("number"), space.project(assignment));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
