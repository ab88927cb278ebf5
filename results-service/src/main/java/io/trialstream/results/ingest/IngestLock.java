package io.trialstream.results.ingest;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Decides which replica ingests: the one that holds a PostgreSQL advisory lock, on a connection that it keeps to
 * itself. The lock only saves work; {@link Positions#move} ensures that nothing is written twice.
 */
@ApplicationScoped
class IngestLock {
    /** The lock's number within the database: "trialstr" in ASCII. */
    private static final long KEY = 0x747269616c737472L;

    private final AgroalDataSource database;

    IngestLock(AgroalDataSource database) {
        this.database = database;
    }

    /** The lock, unless another replica holds it. */
    Optional<Held> tryAcquire() throws SQLException {
        Connection connection = database.getConnection();
        try {
            if (acquire(connection)) {
                return Optional.of(new Held(connection));
            }
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return Optional.empty();
    }

    private static boolean acquire(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // A replica that vanished with its machine loses the lock after half a minute, not after two hours.
            statement.execute(
                    "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4");
            try (ResultSet answer = statement.executeQuery("select pg_try_advisory_lock(" + KEY + ")")) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    /** The lock, held while its connection lives. Confined to one thread. */
    static final class Held implements AutoCloseable {
        private final Connection connection;

        private Held(Connection connection) {
            this.connection = connection;
        }

        /** Whether the database still knows the connection. */
        boolean isHeld() throws SQLException {
            return connection.isValid(2);
        }

        @Override
        public void close() throws SQLException {
            try (Connection closing = connection;
                    Statement statement = closing.createStatement()) {
                statement.execute("select pg_advisory_unlock_all()");
            }
        }
    }
}
