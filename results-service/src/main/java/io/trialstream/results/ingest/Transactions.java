package io.trialstream.results.ingest;

import java.sql.Connection;
import java.sql.SQLException;

/** Transactions on connections that otherwise commit each statement. */
final class Transactions {

    private Transactions() {}

    /** Several statements. */
    interface Work {
        /** Does all of it. */
        void run() throws SQLException;
    }

    /** Does the work as one transaction, which is rolled back if it fails. */
    static void run(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
