package io.trialstream.results.ingest;

import io.agroal.api.AgroalDataSource;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.results.ResultsSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Deletes the data of deleted studies, some trials at a time, so that the ingest is not held up. Tombstones of outcomes
 * are published before the rows are deleted, so after a crash the next ingest completes the deletion. The study's own
 * row stays, so that late reports are recognised; nonzero counts in it show that there is more to delete. Called by the
 * ingesting thread only.
 */
@ApplicationScoped
class Purge {
    private static final Logger LOG = Logger.getLogger(Purge.class);
    private static final int TRIALS_AT_ONCE = 500;
    private static final String UNFINISHED_STUDIES =
            """
            select study_id from study
            where state = 'DELETED' and queued + running + completed + pruned + infeasible + failed + cancelled > 0
            order by exists (select 1 from trial where trial.study_id = study.study_id) desc, study_id""";
    private static final String TRIALS = "select trial_id from trial where study_id = ? limit " + TRIALS_AT_ONCE;
    private static final List<String> DELETE_TRIALS = List.of(
            "delete from epoch where trial_id = any(?)",
            "delete from run where trial_id = any(?)",
            "delete from unpublished_outcome where trial_id = any(?)",
            "delete from trial where trial_id = any(?)");
    private static final String DELETE_PLACES =
            """
            delete from metric_place where ctid = any(array(
                select p.ctid from metric_place p join metric_order o on o.order_id = p.order_id
                where o.study_id = ? limit 20000))""";
    private static final List<String> DELETE_REST = List.of(
            "delete from metric_order where study_id = ?",
            "delete from improvement where study_id = ?",
            "delete from recorded_outcome where study_id = ?",
            """
            update study set queued = 0, running = 0, completed = 0, pruned = 0, infeasible = 0, failed = 0, cancelled = 0,
                   best_number = null, best_objective = null, training_millis = 0
            where study_id = ?""");

    private final AgroalDataSource database;
    private final EventPublisher publisher;
    private final DeletedStudyFiles files;
    private final long retryNanos;
    private long filesLeftAt = System.nanoTime();
    private boolean filesLeft;

    Purge(AgroalDataSource database, EventPublisher publisher, DeletedStudyFiles files, ResultsSettings settings) {
        this.database = database;
        this.publisher = publisher;
        this.files = files;
        this.retryNanos = settings.sweepEvery().toNanos();
    }

    /**
     * Deletes some trials, or the remains of a study that has no trials left.
     *
     * @return whether there may be more to delete now
     */
    boolean some() throws SQLException {
        try (Connection connection = database.getConnection()) {
            for (String study : texts(connection, UNFINISHED_STUDIES)) {
                if (hasDeletedPlaces(connection, study)) {
                    return true;
                }
                List<String> trials = texts(connection, TRIALS, study);
                if (!trials.isEmpty() || hasDeletedFiles(connection, study)) {
                    delete(connection, study, trials);
                    return true;
                }
            }
            return false;
        }
    }

    /** Deletes the files; while their store cannot be reached, this is retried at intervals. */
    private boolean hasDeletedFiles(Connection connection, String study) throws SQLException {
        if (filesLeft && System.nanoTime() - filesLeftAt < retryNanos) {
            return false;
        }
        filesLeft = !files.delete(connection, study);
        filesLeftAt = System.nanoTime();
        return !filesLeft;
    }

    /** Deletes index entries of its trials; whether there were any. */
    private static boolean hasDeletedPlaces(Connection connection, String study) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE_PLACES)) {
            statement.setString(1, study);
            return statement.executeUpdate() > 0;
        }
    }

    private void delete(Connection connection, String study, List<String> trials) throws SQLException {
        CompletableFuture.allOf(trials.stream()
                        .map(trial -> publisher.delete(Topics.TRIAL_OUTCOMES, study, trial))
                        .toArray(CompletableFuture[]::new))
                .join();
        Transactions.run(connection, () -> deleteRows(connection, study, trials));
    }

    private static void deleteRows(Connection connection, String study, List<String> trials) throws SQLException {
        for (String deletion : trials.isEmpty() ? DELETE_REST : DELETE_TRIALS) {
            try (PreparedStatement statement = connection.prepareStatement(deletion)) {
                if (trials.isEmpty()) {
                    statement.setString(1, study);
                } else {
                    statement.setArray(1, connection.createArrayOf("text", trials.toArray()));
                }
                statement.executeUpdate();
            }
        }
        if (trials.isEmpty()) {
            LOG.infof("a deleted study was purged studyId=%s", study);
        }
    }

    private static List<String> texts(Connection connection, String query, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }
}
