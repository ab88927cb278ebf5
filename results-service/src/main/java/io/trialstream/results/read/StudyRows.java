package io.trialstream.results.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.study.StudySpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Studies that are not deleted. Thread-safe. */
@ApplicationScoped
public class StudyRows {
    private static final int KEPT_SPECS = 100;
    private static final String SELECT = "select " + StudyRow.COLUMNS + " from study";

    private final Database database;
    private final ObjectMapper mapper;
    /** Study files never change; reading one takes a millisecond. */
    private final Map<String, StudySpec> specs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StudySpec> eldest) {
            return size() > KEPT_SPECS;
        }
    };

    StudyRows(Database database, ObjectMapper mapper) {
        this.database = database;
        this.mapper = mapper;
    }

    /** The place of a study in the list. */
    public record Place(Instant createdAt, String studyId) {}

    /** The newest studies in these states, after that place if one is given. */
    public List<StudyRow> newest(Set<StudyState> states, Optional<Place> after, int limit) {
        Sql sql = Sql.of(SELECT + " where state <> 'DELETED'");
        if (!states.isEmpty()) {
            sql.add("and state = any(?)", (Object) names(states));
        }
        after.ifPresent(place ->
                sql.add("and (created_at, study_id) < (?::timestamptz, ?)", place.createdAt(), place.studyId()));
        return database.list(sql.add("order by created_at desc, study_id desc").limit(limit), StudyRow::read);
    }

    /** The study of this id, or else the newest of this name. */
    public Optional<StudyRow> find(String idOrName) {
        return database.first(
                Sql.of(
                        SELECT
                                + " where state <> 'DELETED' and (study_id = ? or name = ?)"
                                + " order by study_id = ? desc, created_at desc, study_id desc limit 1",
                        idOrName,
                        idOrName,
                        idOrName),
                StudyRow::read);
    }

    /** These studies as they are now, the deleted ones too. */
    public List<StudyRow> all(Collection<String> studyIds) {
        return database.list(
                Sql.of(SELECT + " where study_id = any(?)", (Object) studyIds.toArray(String[]::new)), StudyRow::read);
    }

    /** A study's file as JSON, in its author's order. */
    public String file(String studyId) {
        return database.first(Sql.of("select spec from study where study_id = ?", studyId), row -> row.getString(1))
                .orElse("{}");
    }

    /** A study's file, read. */
    public StudySpec spec(String studyId) {
        synchronized (specs) {
            StudySpec known = specs.get(studyId);
            if (known != null) {
                return known;
            }
        }
        try {
            StudySpec spec = mapper.readValue(file(studyId), StudySpec.class);
            synchronized (specs) {
                specs.put(studyId, spec);
            }
            return spec;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a stored study file must be readable", e);
        }
    }

    private static String[] names(Set<StudyState> states) {
        return states.stream().map(Enum::name).toArray(String[]::new);
    }
}
