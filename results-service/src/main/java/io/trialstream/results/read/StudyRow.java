package io.trialstream.results.read;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.study.Objective;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A study without its study file.
 *
 * @param budget as JSON
 * @param counts trials by state
 * @param changeSeq counts what changed, of the study and its trials
 * @param orphaned whether the topics do not have it
 */
public record StudyRow(
        String studyId,
        String name,
        StudyState state,
        Optional<Reason> reason,
        Objective objective,
        String budget,
        Counts counts,
        Optional<Best> best,
        long evidenceCount,
        long trainingMillis,
        long changeSeq,
        Instant createdAt,
        boolean orphaned) {

    static final String COLUMNS =
            """
            study_id, name, state, reason_code, reason_text, objective_metric, maximize, budget, queued, running, completed,
            pruned, infeasible, failed, cancelled, imported, best_number, best_objective, evidence_count, training_millis, change_seq,
            created_at, orphaned""";

    /**
     * Trials by state.
     *
     * @param imported how many of those that ended were imported with their results
     */
    public record Counts(
            int queued,
            int running,
            int completed,
            int pruned,
            int infeasible,
            int failed,
            int cancelled,
            int imported) {

        /** Those that use up budget. */
        public int counted() {
            return completed + pruned + infeasible + failed - imported;
        }

        /** All trials. */
        public int all() {
            return queued + running + completed + pruned + infeasible + failed + cancelled;
        }
    }

    /** The best completed trial. */
    public record Best(int number, double objective) {}

    static StudyRow read(ResultSet row) throws SQLException {
        int bestNumber = row.getInt("best_number");
        Optional<Best> best =
                row.wasNull() ? Optional.empty() : Optional.of(new Best(bestNumber, row.getDouble("best_objective")));
        String code = row.getString("reason_code");
        return new StudyRow(
                row.getString("study_id"),
                row.getString("name"),
                StudyState.valueOf(row.getString("state")),
                code == null ? Optional.empty() : Optional.of(new Reason(code, row.getString("reason_text"))),
                new Objective(
                        row.getString("objective_metric"),
                        row.getBoolean("maximize") ? Objective.Direction.MAXIMIZE : Objective.Direction.MINIMIZE),
                row.getString("budget"),
                new Counts(
                        row.getInt("queued"),
                        row.getInt("running"),
                        row.getInt("completed"),
                        row.getInt("pruned"),
                        row.getInt("infeasible"),
                        row.getInt("failed"),
                        row.getInt("cancelled"),
                        row.getInt("imported")),
                best,
                row.getLong("evidence_count"),
                row.getLong("training_millis"),
                row.getLong("change_seq"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("orphaned"));
    }

    /** Whether more is better. */
    public boolean maximizes() {
        return objective.direction() == Objective.Direction.MAXIMIZE;
    }

    /** The objective that a loss stands for. */
    public double objectiveOf(double loss) {
        return maximizes() ? -loss : loss;
    }
}
