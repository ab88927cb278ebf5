package io.trialstream.results.read;

import io.agroal.api.AgroalDataSource;
import io.trialstream.results.UnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Runs statements for readers. Each sees a snapshot of its own, except those of a {@link Session}. All methods throw
 * {@link UnavailableException} if the database does not answer. Thread-safe.
 */
@ApplicationScoped
public class Database {
    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final int FETCH_SIZE = 500;

    private final AgroalDataSource database;

    Database(AgroalDataSource database) {
        this.database = database;
    }

    /** Makes a value from the current row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes the current row. */
    @FunctionalInterface
    public interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /** Queries that see one snapshot of the database. Confined to one thread. */
    public static final class Session {
        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        /** All rows, as values. */
        public <T> List<T> list(Sql sql, RowReader<T> reader) throws SQLException {
            return all(connection, sql, reader);
        }

        /** Each row in turn, through a database cursor: only a few rows are in memory at a time. */
        public void stream(Sql sql, RowConsumer consumer) throws SQLException {
            try (PreparedStatement statement = sql.prepare(connection)) {
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        consumer.accept(rows);
                    }
                }
            }
        }
    }

    /** Work within a session. */
    @FunctionalInterface
    public interface Work {
        void with(Session session) throws SQLException;
    }

    /** All rows, as values. */
    public <T> List<T> list(Sql sql, RowReader<T> reader) {
        try (Connection connection = database.getConnection()) {
            return all(connection, sql, reader);
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /** The first row, as a value. */
    public <T> Optional<T> first(Sql sql, RowReader<T> reader) {
        return list(sql, reader).stream().findFirst();
    }

    /** Runs a statement that writes. */
    void update(Sql sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = sql.prepare(connection)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /** Runs queries in one snapshot, which stays open until they are done. */
    public void inSnapshot(Work work) {
        try (Connection connection = database.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            try {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                work.with(new Session(connection));
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(isolation);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    private static <T> List<T> all(Connection connection, Sql sql, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            List<T> values = new ArrayList<>();
            while (rows.next()) {
                values.add(reader.read(rows));
            }
            return values;
        }
    }

    /** Class 08 is a failed connection, 57P a shutdown by the server's operator, 53 insufficient resources. */
    private static RuntimeException translated(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean away = e instanceof SQLTransientException
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.isEmpty();
        if (away) {
            LOG.warnf("the database does not answer sqlState=%s reason=%s", state, e.getMessage());
            return new UnavailableException("the database does not answer", e);
        }
        return new IllegalStateException("a query failed", e);
    }
}
