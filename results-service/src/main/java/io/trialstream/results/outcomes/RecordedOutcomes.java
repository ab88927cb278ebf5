package io.trialstream.results.outcomes;

import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Outcomes that the topic has and the database lacks, because it was lost or restored from an older backup. The topic
 * is the authority on evidence numbers: a trial that ends again takes its number from here. All methods run in the
 * caller's transaction, on the ingesting thread only.
 */
@ApplicationScoped
public class RecordedOutcomes {
    private static final Logger LOG = Logger.getLogger(RecordedOutcomes.class);
    private static final String STORED =
            "select trial_id, evidence_number from trial where trial_id = any(?) and recorded_at is not null";
    private static final String ADD =
            """
            insert into recorded_outcome as known (trial_id, study_id, evidence_number, version, outcome)
            values (?, ?, ?, ?, ?)
            on conflict (trial_id) do update set
                evidence_number = excluded.evidence_number, version = excluded.version, outcome = excluded.outcome
            where excluded.version >= known.version""";
    private static final String REMOVE = "delete from recorded_outcome where trial_id = any(?)";
    private static final String OF = "select trial_id, outcome from recorded_outcome where trial_id = any(?)";
    private static final String HIGHEST =
            "select study_id, max(evidence_number) from recorded_outcome where study_id = any(?) group by study_id";
    private static final String RAISE_COUNTS =
            """
            update study s set evidence_count = greatest(evidence_count, (
                select coalesce(max(r.evidence_number), 0) from recorded_outcome r where r.study_id = s.study_id))
            where s.study_id in (select study_id from recorded_outcome)""";
    /** Of two trials with one number the stored one keeps it, else the first one. */
    private static final String REMOVE_TAKEN_NUMBERS =
            """
            delete from recorded_outcome r where exists (
                select 1 from trial t where t.study_id = r.study_id and t.evidence_number = r.evidence_number
                    and t.trial_id <> r.trial_id)
            or exists (
                select 1 from recorded_outcome o where o.study_id = r.study_id and o.evidence_number = r.evidence_number
                    and o.trial_id < r.trial_id)""";

    private static final String STUDIES =
            """
            select distinct r.study_id from recorded_outcome r join trial t on t.trial_id = r.trial_id
            order by r.study_id""";
    private static final String UNSETTLED =
            """
            select r.trial_id from recorded_outcome r join trial t on t.trial_id = r.trial_id
            where r.study_id = ? and t.recorded_at is null order by t.number limit ?""";
    private static final String REMOVE_SETTLED =
            """
            delete from recorded_outcome r using trial t
            where r.study_id = ? and t.trial_id = r.trial_id and t.recorded_at is not null""";

    private final Session session;
    private final MessageCodec codec = new MessageCodec();
    /** Saves the ingest its queries, since the table is nearly always empty. */
    private boolean mayHold = true;

    RecordedOutcomes(Session session) {
        this.session = session;
    }

    /**
     * Keeps the outcomes of trials that have not ended in the database.
     *
     * @return how many of the others have a different evidence number in the database
     */
    public int add(List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return 0;
        }
        Map<String, Outcome> newest = outcomes.stream()
                .collect(Collectors.toMap(
                        outcome -> outcome.trialId().toString(),
                        Function.identity(),
                        (a, b) -> b.version() >= a.version() ? b : a));
        return session.doReturningWork(connection -> {
            Map<String, Long> stored = stored(connection, newest.keySet());
            int contradicted = (int) stored.entrySet().stream()
                    .filter(row -> newest.get(row.getKey()).evidenceNumber().orElse(0L) != (long) row.getValue())
                    .count();
            newest.keySet().removeAll(stored.keySet());
            insert(connection, newest);
            mayHold |= !newest.isEmpty();
            return contradicted;
        });
    }

    /** Removes outcomes that were deleted from the topic. */
    public void remove(Collection<String> trialIds) {
        if (mayHold && !trialIds.isEmpty()) {
            session.doWork(connection -> {
                try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
                    remove.setArray(1, texts(connection, trialIds));
                    remove.executeUpdate();
                }
            });
        }
    }

    /** Makes studies continue after the highest evidence number in the topic. */
    public void complete() {
        int taken = session.createNativeMutationQuery(REMOVE_TAKEN_NUMBERS).executeUpdate();
        if (taken > 0) {
            LOG.errorf("trials share evidence numbers with others and get new ones trials=%d", taken);
        }
        session.createNativeMutationQuery(RAISE_COUNTS).executeUpdate();
        mayHold = session.createNativeQuery("select exists (select 1 from recorded_outcome)", Boolean.class)
                .getSingleResult();
    }

    /** The recorded outcomes of these trials, by trial id. */
    public Map<String, Outcome> of(Collection<String> trialIds) {
        if (!mayHold || trialIds.isEmpty()) {
            return Map.of();
        }
        return session.doReturningWork(connection -> {
            Map<String, Outcome> outcomes = new HashMap<>();
            try (PreparedStatement query = connection.prepareStatement(OF)) {
                query.setArray(1, texts(connection, trialIds));
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        byte[] json = rows.getString(2).getBytes(StandardCharsets.UTF_8);
                        outcomes.put(rows.getString(1), codec.read(json, Outcome.class));
                    }
                }
            }
            return outcomes;
        });
    }

    /** The highest recorded evidence number of each of these studies, if it has one. */
    public Map<String, Long> highest(Collection<String> studyIds) {
        if (!mayHold || studyIds.isEmpty()) {
            return Map.of();
        }
        return session.doReturningWork(connection -> {
            Map<String, Long> highest = new HashMap<>();
            try (PreparedStatement query = connection.prepareStatement(HIGHEST)) {
                query.setArray(1, texts(connection, studyIds));
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        highest.put(rows.getString(1), rows.getLong(2));
                    }
                }
            }
            return highest;
        });
    }

    /** Studies with recorded outcomes of known trials. */
    public List<String> studies() {
        return mayHold ? session.createNativeQuery(STUDIES, String.class).getResultList() : List.of();
    }

    /** Trials of a study that have a recorded outcome and have not ended in the database. */
    public List<String> unsettled(String studyId, int limit) {
        return session.doReturningWork(connection -> {
            List<String> trials = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(UNSETTLED)) {
                query.setString(1, studyId);
                query.setInt(2, limit);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        trials.add(rows.getString(1));
                    }
                }
            }
            return trials;
        });
    }

    /** Removes the outcomes of a study's trials that have ended in the database. */
    public void removeSettled(String studyId) {
        session.doWork(connection -> {
            try (PreparedStatement remove = connection.prepareStatement(REMOVE_SETTLED)) {
                remove.setString(1, studyId);
                remove.executeUpdate();
            }
        });
    }

    /** How many are left; once everything is read, these are outcomes of trials that the ledger lacks. */
    public long count() {
        return session.createNativeQuery("select count(*) from recorded_outcome", Long.class)
                .getSingleResult();
    }

    private static Map<String, Long> stored(Connection connection, Collection<String> trialIds) throws SQLException {
        Map<String, Long> stored = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(STORED)) {
            query.setArray(1, texts(connection, trialIds));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    stored.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return stored;
    }

    private void insert(Connection connection, Map<String, Outcome> outcomes) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Map.Entry<String, Outcome> entry : outcomes.entrySet()) {
                Outcome outcome = entry.getValue();
                add.setString(1, entry.getKey());
                add.setString(2, outcome.studyId());
                if (outcome.evidenceNumber().isPresent()) {
                    add.setLong(3, outcome.evidenceNumber().get());
                } else {
                    add.setNull(3, Types.BIGINT);
                }
                add.setLong(4, outcome.version());
                add.setString(5, new String(codec.write(outcome), StandardCharsets.UTF_8));
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    private static java.sql.Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
