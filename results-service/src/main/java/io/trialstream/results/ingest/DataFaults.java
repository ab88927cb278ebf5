package io.trialstream.results.ingest;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Faults of what is written, told from faults of the database: PostgreSQL's classes 22 (data exception, such as a NUL
 * character in a text) and 23 (integrity violation). Trying again would not help.
 */
final class DataFaults {

    private DataFaults() {}

    static boolean isCauseOf(Throwable failure) {
        return in(failure).isPresent();
    }

    /** What PostgreSQL says of the value. */
    static Optional<String> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null
                    && (sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23"))) {
                return Optional.of(sql.getMessage().lines().findFirst().orElse("not storable"));
            }
        }
        return Optional.empty();
    }
}
