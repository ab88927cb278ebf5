package io.trialstream.results.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.results.read.Database;
import io.trialstream.results.read.Selection;
import io.trialstream.results.read.Sql;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.StudyRows;
import io.trialstream.results.read.TrialField;
import io.trialstream.results.store.JsonText;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All trials of a study as one stream, in the order of their numbers, from one snapshot of the database. Memory is the same
 * for a million trials as for ten. Thread-safe.
 */
@ApplicationScoped
public class TrialExport {
    private static final String KEYS =
            "select distinct json_object_keys(%s::json) as key from trial where study_id = ? and %s is not null order by key";

    private final Database database;
    private final StudyRows studies;
    private final ObjectMapper mapper;

    TrialExport(Database database, StudyRows studies, ObjectMapper mapper) {
        this.database = database;
        this.studies = studies;
        this.mapper = mapper;
    }

    /**
     * One JSON object a line, each a trial as lists show it, with its protocol.
     *
     * @param history whether each trial's curve is added
     */
    public void ndjson(StudyRow study, boolean history, OutputStream out) {
        Object protocol = studies.spec(study.studyId()).training().toTree().get("protocol");
        database.inSnapshot(snapshot -> {
            try (JsonGenerator json = mapper.getFactory().createGenerator(out)) {
                json.setRootValueSeparator(null);
                snapshot.stream(trials(study), row -> {
                    try {
                        json.writeStartObject();
                        Selection.all().writeFields(row, json);
                        if (protocol != null) {
                            json.writeStringField("protocol", protocol.toString());
                        }
                        if (history && row.getString("run_id") != null) {
                            writeHistory(row.getString("run_id"), snapshot, json);
                        }
                        json.writeEndObject();
                        json.writeRaw('\n');
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void writeHistory(String runId, Database.Session snapshot, JsonGenerator json)
            throws SQLException, IOException {
        json.writeArrayFieldStart("history");
        snapshot.stream(CurveQuery.of(runId), epoch -> {
            try {
                json.writeStartObject();
                json.writeNumberField("epoch", epoch.getInt("epoch"));
                json.writeFieldName("metrics");
                json.writeRawValue(epoch.getString("metrics"));
                json.writeNumberField("seconds", epoch.getLong("duration_millis") / 1000.0);
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        json.writeEndArray();
    }

    /**
     * A table: a column for each field, for each key of the space and for each metric at the best and the last epoch.
     *
     * @param defusing whether texts that a spreadsheet would run as formulas get an apostrophe in front
     */
    public void csv(StudyRow study, boolean defusing, OutputStream out) {
        database.inSnapshot(snapshot -> {
            try (Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16)) {
                Map<TrialField, List<String>> members = members(study, snapshot);
                Csv csv = new Csv(text, defusing);
                csv.line(header(members));
                snapshot.stream(trials(study), row -> {
                    try {
                        csv.line(values(row, members));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Sql trials(StudyRow study) {
        return Sql.of(
                "select " + Selection.all().columns()
                        + ", t.run_id from trial t where t.study_id = ? order by t.number",
                study.studyId());
    }

    private Map<TrialField, List<String>> members(StudyRow study, Database.Session snapshot) throws SQLException {
        Map<TrialField, List<String>> members = new EnumMap<>(TrialField.class);
        Map<?, ?> space = (Map<?, ?>) studies.spec(study.studyId()).space().toTree();
        members.put(
                TrialField.CONFIGURATION,
                space.keySet().stream().map(String::valueOf).toList());
        members.put(TrialField.BEST, keys(snapshot, "best_metrics", study));
        members.put(TrialField.END, keys(snapshot, "end_metrics", study));
        return members;
    }

    private static List<String> keys(Database.Session snapshot, String column, StudyRow study) throws SQLException {
        return snapshot.list(Sql.of(KEYS.replace("%s", column), study.studyId()), row -> row.getString(1));
    }

    private static List<String> header(Map<TrialField, List<String>> members) {
        List<String> header = new ArrayList<>();
        for (TrialField field : TrialField.values()) {
            if (field.isTree()) {
                members.get(field).forEach(key -> header.add(field.json() + "." + key));
            } else {
                header.add(field.json());
            }
        }
        return header;
    }

    private static List<Object> values(ResultSet row, Map<TrialField, List<String>> members) throws SQLException {
        List<Object> values = new ArrayList<>();
        for (TrialField field : Arrays.asList(TrialField.values())) {
            Object value = field.value(row);
            if (!field.isTree()) {
                values.add(value == null ? "" : value);
                continue;
            }
            JsonNode tree = value == null ? null : JsonText.tree((String) value);
            members.get(field).forEach(key -> values.add(value(tree == null ? null : tree.get(key))));
        }
        return values;
    }

    private static Object value(JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isNumber() ? value.numberValue() : value.isTextual() ? value.textValue() : value.toString();
    }
}
