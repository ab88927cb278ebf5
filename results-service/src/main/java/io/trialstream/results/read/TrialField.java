package io.trialstream.results.read;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A field of a trial in lists, with its columns. JSON columns are copied to the answer without being parsed, because
 * lists of trials are the most frequent answers.
 */
public enum TrialField {
    /** {@code studyId:number}. */
    TRIAL_ID("trialId", Kind.TEXT, "trial_id"),
    /** The study. */
    STUDY_ID("studyId", Kind.TEXT, "study_id"),
    /** The number within the study. */
    NUMBER("number", Kind.WHOLE, "number"),
    /** Where it stands. */
    STATE("state", Kind.TEXT, "state"),
    /** Where its configuration came from. */
    ORIGIN("origin", Kind.TEXT, "origin"),
    /** The number of the trial that it trains again. */
    RETRAIN_OF("retrainOf", Kind.WHOLE, "retrain_of"),
    /** How often it was queued. */
    DISPATCH("dispatch", Kind.WHOLE, "dispatch"),
    /** The objective at its best epoch. */
    OBJECTIVE("objective", Kind.DECIMAL, "objective"),
    /** The epoch of the best objective; absent before there is one. */
    BEST_EPOCH("bestEpoch", Kind.POSITIVE, "best_epoch"),
    /** Epochs trained so far. */
    EPOCHS("epochs", Kind.WHOLE, "epochs"),
    /** Its values under the space's keys. */
    CONFIGURATION("configuration", Kind.TREE, "configuration"),
    /** All metrics at the best epoch. */
    BEST("best", Kind.TREE, "best_metrics"),
    /** All metrics at the end. */
    END("end", Kind.TREE, "end_metrics"),
    /** Why it ended so. */
    REASON("reason", Kind.REASON, "reason_code", "reason_text"),
    /** Who trains it, or trained it. */
    TRAINER_ID("trainerId", Kind.TEXT, "trainer_id"),
    /** When it was proposed. */
    PROPOSED_AT("proposedAt", Kind.TIME, "proposed_at"),
    /** When its first run began. */
    STARTED_AT("startedAt", Kind.TIME, "started_at"),
    /** When it ended. */
    FINISHED_AT("finishedAt", Kind.TIME, "finished_at"),
    /** How long the run that stands trained. */
    TRAINING_SECONDS("trainingSeconds", Kind.SECONDS, "training_millis"),
    /** Final reports after the first. */
    DUPLICATE_REPORTS("duplicateReports", Kind.WHOLE, "duplicate_reports"),
    /** Its place in the evidence. */
    EVIDENCE_NUMBER("evidenceNumber", Kind.WHOLE, "evidence_number"),
    /** The sampler and its version. */
    SAMPLER("sampler", Kind.TEXT, "sampler");

    private final String json;
    private final Kind kind;
    private final List<String> columns;

    TrialField(String json, Kind kind, String... columns) {
        this.json = json;
        this.kind = kind;
        this.columns = List.of(columns);
    }

    private enum Kind {
        TEXT,
        WHOLE,
        POSITIVE,
        DECIMAL,
        SECONDS,
        TIME,
        TREE,
        REASON
    }

    /** The field of that name. */
    public static Optional<TrialField> named(String json) {
        return Arrays.stream(values()).filter(field -> field.json.equals(json)).findFirst();
    }

    /** Its name in JSON. */
    public String json() {
        return json;
    }

    /** Whether it is an object, whose members can be asked for one by one. */
    public boolean isTree() {
        return kind == Kind.TREE;
    }

    /** The columns that it is made of. */
    List<String> columns() {
        return columns;
    }

    /** Its value, a text, a number, or a tree as JSON text; null where the trial has none. */
    public Object value(ResultSet row) throws SQLException {
        String column = columns.get(0);
        return switch (kind) {
            case TEXT, TREE -> row.getString(column);
            case WHOLE -> known(row.getLong(column), row);
            case POSITIVE -> row.getLong(column) > 0 ? row.getLong(column) : null;
            case DECIMAL -> known(row.getDouble(column), row);
            case SECONDS -> known(row.getLong(column) / 1000.0, row);
            case TIME -> time(row, column);
            case REASON -> row.getString(column) == null
                    ? null
                    : row.getString(column) + ": " + row.getString(columns.get(1));
        };
    }

    /** Writes the field into the current object; omits it if the trial has no value. */
    void write(ResultSet row, JsonGenerator json) throws SQLException, IOException {
        if (kind == Kind.TREE) {
            json.writeFieldName(this.json);
            json.writeRawValue(StoredJson.of(row, columns.get(0)));
            return;
        }
        Object value = value(row);
        if (kind == Kind.REASON && value != null) {
            json.writeObjectFieldStart(this.json);
            json.writeStringField("code", row.getString(columns.get(0)));
            json.writeStringField("text", row.getString(columns.get(1)));
            json.writeEndObject();
        } else if (value instanceof String text) {
            json.writeStringField(this.json, text);
        } else if (value instanceof Long number) {
            json.writeNumberField(this.json, number);
        } else if (value instanceof Double number) {
            json.writeNumberField(this.json, number);
        }
    }

    private static Object known(Object value, ResultSet row) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static String time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : Rfc3339.of(time);
    }
}
