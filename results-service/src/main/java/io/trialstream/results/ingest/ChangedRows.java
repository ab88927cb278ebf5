package io.trialstream.results.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.TrialEntity;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.Session;

/**
 * Writes loaded and changed rows with one statement per table. Hibernate would send one statement per row, because
 * their lazy columns are not loaded.
 */
@ApplicationScoped
class ChangedRows {
    private static final String TRIALS =
            """
            update trial t set
                state = r.state, dispatch = r.dispatch, run_id = r.run_id, run_dispatch = r.run_dispatch,
                trainer_id = r.trainer_id, started_at = r.started_at, finished_at = r.finished_at, epochs = r.epochs,
                best_epoch = r.best_epoch, objective = r.objective, loss = r.loss, best_metrics = r.best_metrics,
                end_metrics = r.end_metrics, training_millis = r.training_millis, reason_code = r.reason_code,
                reason_text = r.reason_text, command_id = r.command_id, duplicate_reports = r.duplicate_reports,
                evidence_number = r.evidence_number, recorded_at = r.recorded_at, state_seq = r.state_seq,
                change_seq = r.change_seq, version = r.version
            from json_populate_recordset(null::trial, ?::json) r where t.trial_id = r.trial_id""";
    private static final String RUNS =
            """
            update run t set
                state = r.state, engine = r.engine, device = r.device, delivery_count = r.delivery_count,
                total_epochs = r.total_epochs, last_epoch = r.last_epoch, blueprint = coalesce(r.blueprint, t.blueprint),
                resumed_run_id = r.resumed_run_id, resumed_epoch = r.resumed_epoch, started_at = r.started_at,
                ended_at = r.ended_at, outcome = r.outcome, reason_code = r.reason_code, reason_text = r.reason_text
            from json_populate_recordset(null::run, ?::json) r where t.run_id = r.run_id""";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Session session;

    ChangedRows(Session session) {
        this.session = session;
    }

    /** Updates as part of the current transaction. */
    void write(Collection<TrialEntity> trials, Collection<RunEntity> runs) {
        update(TRIALS, trials, ChangedRows::row);
        update(RUNS, runs, ChangedRows::row);
    }

    private <E> void update(String statement, Collection<E> rows, Function<E, ObjectNode> row) {
        if (rows.isEmpty()) {
            return;
        }
        ArrayNode all = JSON.arrayNode(rows.size());
        rows.forEach(entity -> all.add(row.apply(entity)));
        session.doWork(connection -> {
            try (PreparedStatement update = connection.prepareStatement(statement)) {
                update.setString(1, all.toString());
                int written = update.executeUpdate();
                if (written != rows.size()) {
                    throw new IllegalStateException(written + " of " + rows.size() + " changed rows exist");
                }
            }
        });
    }

    private static ObjectNode row(TrialEntity trial) {
        return JSON.objectNode()
                .put("trial_id", trial.trialId)
                .put("state", trial.state.name())
                .put("dispatch", trial.dispatch)
                .put("run_id", trial.runId)
                .put("run_dispatch", trial.runDispatch)
                .put("trainer_id", trial.trainerId)
                .put("started_at", text(trial.startedAt))
                .put("finished_at", text(trial.finishedAt))
                .put("epochs", trial.epochs)
                .put("best_epoch", trial.bestEpoch)
                .put("objective", trial.objective)
                .put("loss", trial.loss)
                .putRawValue("best_metrics", raw(trial.bestMetrics))
                .putRawValue("end_metrics", raw(trial.endMetrics))
                .put("training_millis", trial.trainingMillis)
                .put("reason_code", trial.reasonCode)
                .put("reason_text", trial.reasonText)
                .put("command_id", trial.commandId)
                .put("duplicate_reports", trial.duplicateReports)
                .put("evidence_number", trial.evidenceNumber)
                .put("recorded_at", text(trial.recordedAt))
                .put("state_seq", trial.stateSeq)
                .put("change_seq", trial.changeSeq)
                .put("version", trial.version);
    }

    private static ObjectNode row(RunEntity run) {
        return JSON.objectNode()
                .put("run_id", run.runId)
                .put("state", run.state.name())
                .put("engine", run.engine)
                .put("device", run.device)
                .put("delivery_count", run.deliveryCount)
                .put("total_epochs", run.totalEpochs)
                .put("last_epoch", run.lastEpoch)
                .put("blueprint", Hibernate.isPropertyInitialized(run, "blueprint") ? run.blueprint : null)
                .put("resumed_run_id", run.resumedRunId)
                .put("resumed_epoch", run.resumedEpoch)
                .put("started_at", text(run.startedAt))
                .put("ended_at", text(run.endedAt))
                .put("outcome", run.outcome == null ? null : run.outcome.name())
                .put("reason_code", run.reasonCode)
                .put("reason_text", run.reasonText);
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static RawValue raw(String json) {
        return json == null ? null : new RawValue(json);
    }
}
