package io.trialstream.results.live;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.TrialState;
import io.trialstream.results.api.Views;
import io.trialstream.results.read.Database;
import io.trialstream.results.read.Sql;
import io.trialstream.results.read.StudyRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What changed in a study, as events made of its rows. There is no log of events: each trial's row knows by which changes
 * it came, moved to its state and changed at all, so that whatever a client has missed is told as far as it still
 * matters, in the order of the changes and however long the client was away. Thread-safe.
 */
@ApplicationScoped
class ChangeRows {
    private static final String SELECT =
            """
            select t.trial_id, t.number, t.state, t.origin, t.dispatch, t.created_seq, t.state_seq, t.change_seq,
                   t.proposed_at, t.run_id, t.trainer_id, t.started_at, t.finished_at, t.epochs, t.best_epoch, t.objective,
                   t.reason_code, t.reason_text, e.metrics
            from trial t
            left join epoch e on t.state = 'RUNNING' and e.run_id = t.run_id and e.epoch = t.epochs
            where t.study_id = ? and t.change_seq > ? order by t.change_seq limit ?""";

    private final Database database;
    private final ObjectMapper mapper;

    ChangeRows(Database database, ObjectMapper mapper) {
        this.database = database;
        this.mapper = mapper;
    }

    /**
     * Changes in their order.
     *
     * @param events what to tell
     * @param upTo a client that has all of them lacks nothing up to this change
     * @param more whether there are further ones already
     */
    record Page(List<LiveEvent> events, long upTo, boolean more) {
        /** The first events, as few as have so many characters, up to one after which a client may resume. */
        Page first(int characters) {
            int seen = 0;
            for (int i = 0; i < events.size() - 1; i++) {
                LiveEvent event = events.get(i);
                seen += event.data().length();
                if (seen >= characters && event.id().isPresent()) {
                    return new Page(List.copyOf(events.subList(0, i + 1)), event.change(), true);
                }
            }
            return this;
        }
    }

    /**
     * What changed after a change.
     *
     * @param study its row as of now or earlier
     */
    Page after(StudyRow study, long change, int limit) {
        List<LiveEvent> events = new ArrayList<>();
        List<Long> changes = database.list(Sql.of(SELECT, study.studyId(), change, limit), row -> {
            tell(row, change, events);
            return row.getLong("change_seq");
        });
        boolean more = changes.size() == limit;
        long last = changes.isEmpty() ? change : changes.get(changes.size() - 1);
        return new Page(events, more ? last : Math.max(last, study.changeSeq()), more);
    }

    /** The study itself: its state, its trials by state, its best trial. */
    LiveEvent study(StudyRow study, long upTo) {
        try {
            return new LiveEvent(
                    LiveEvent.PASSING, OptionalLong.of(upTo), "study", mapper.writeValueAsString(Views.listed(study)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(ResultSet row, long after, List<LiveEvent> events) throws SQLException {
        long change = row.getLong("change_seq");
        TrialState state = TrialState.valueOf(row.getString("state"));
        boolean came = row.getLong("created_seq") > after;
        boolean moved = row.getLong("state_seq") > after;
        boolean onlyCame = came && state == TrialState.QUEUED;
        if (came) {
            events.add(event(row, change, !onlyCame, "trial-proposed", ChangeRows::proposal));
        }
        if (!onlyCame) {
            String name = name(state, moved);
            events.add(event(row, change, false, name, (from, json) -> rest(from, json, state)));
        }
    }

    private static String name(TrialState state, boolean moved) {
        if (state.isFinal()) {
            return "trial-finished";
        }
        if (state == TrialState.QUEUED) {
            return "trial-queued";
        }
        return moved ? "trial-started" : "trial-epoch";
    }

    private interface Body {
        void write(ResultSet row, JsonGenerator json) throws SQLException, IOException;
    }

    private LiveEvent event(ResultSet row, long change, boolean followed, String name, Body body) throws SQLException {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = mapper.getFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("trialId", row.getString("trial_id"));
            json.writeNumberField("number", row.getInt("number"));
            body.write(row, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LiveEvent(change, followed ? OptionalLong.empty() : OptionalLong.of(change), name, text.toString());
    }

    private static void proposal(ResultSet row, JsonGenerator json) throws SQLException, IOException {
        json.writeStringField("origin", row.getString("origin"));
        time("proposedAt", "proposed_at", row, json);
    }

    private static void rest(ResultSet row, JsonGenerator json, TrialState state) throws SQLException, IOException {
        json.writeStringField("state", state.name());
        json.writeNumberField("dispatch", row.getInt("dispatch"));
        text("trainerId", "trainer_id", row, json);
        text("runId", "run_id", row, json);
        json.writeNumberField("epoch", row.getInt("epochs"));
        time("startedAt", "started_at", row, json);
        if (state.isFinal()) {
            double objective = row.getDouble("objective");
            if (!row.wasNull()) {
                json.writeNumberField("objective", objective);
            }
            json.writeNumberField("bestEpoch", row.getInt("best_epoch"));
            time("finishedAt", "finished_at", row, json);
            text("reasonCode", "reason_code", row, json);
            text("reasonText", "reason_text", row, json);
        }
        String metrics = row.getString("metrics");
        if (metrics != null) {
            json.writeFieldName("metrics");
            json.writeRawValue(metrics);
        }
    }

    private static void text(String field, String column, ResultSet row, JsonGenerator json)
            throws SQLException, IOException {
        String text = row.getString(column);
        if (text != null) {
            json.writeStringField(field, text);
        }
    }

    private static void time(String field, String column, ResultSet row, JsonGenerator json)
            throws SQLException, IOException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        if (time != null) {
            json.writeStringField(field, time.toInstant().toString());
        }
    }
}
