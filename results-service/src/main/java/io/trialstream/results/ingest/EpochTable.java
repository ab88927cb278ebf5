package io.trialstream.results.ingest;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Reason;
import io.trialstream.results.store.JsonText;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import org.hibernate.Session;

/** Inserts epochs, the bulk of all rows, as one JDBC batch; existing epochs stay as they are. */
@ApplicationScoped
class EpochTable {
    private static final String INSERT =
            """
            insert into epoch (run_id, epoch, trial_id, metrics, duration_millis, reason_code, reason_text, reported_at)
            values (?, ?, ?, ?::json, ?, ?, ?, ?) on conflict (run_id, epoch) do nothing""";

    private final Session session;

    EpochTable(Session session) {
        this.session = session;
    }

    /** Inserts as part of the current transaction. */
    void insert(List<EpochReport> epochs) {
        if (!epochs.isEmpty()) {
            session.doWork(connection -> insert(connection, epochs));
        }
    }

    private static void insert(Connection connection, List<EpochReport> epochs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (EpochReport epoch : epochs) {
                statement.setString(1, epoch.run().runId());
                statement.setInt(2, epoch.epoch());
                statement.setString(3, epoch.run().trialId().toString());
                statement.setString(4, JsonText.of(epoch.metrics()));
                statement.setLong(5, epoch.duration().toMillis());
                statement.setString(6, epoch.reason().map(Reason::code).orElse(null));
                statement.setString(7, epoch.reason().map(Reason::text).orElse(null));
                statement.setObject(8, epoch.at().atOffset(ZoneOffset.UTC));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
