package io.trialstream.results.ingest;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Distinguishes faults in the data from faults of the database: PostgreSQL's classes 22 (data exception, such as a NUL
 * character in a text) and 23 (integrity violation) are faults in the data. A retry would not help.
 */
final class DataFaults {

    private DataFaults() {}

    static boolean isCauseOf(Throwable failure) {
        return in(failure).isPresent();
    }

    /** PostgreSQL's message about the value: the innermost cause, since the outer ones repeat the whole statement. */
    static Optional<String> in(Throwable failure) {
        Optional<String> fault = Optional.empty();
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof SQLException sql && isDataFault(sql)) {
                fault = Optional.of(sql.getMessage().lines().findFirst().orElse("not storable"));
            }
        }
        return fault;
    }

    private static boolean isDataFault(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private static Throwable next(Throwable failure) {
        return failure instanceof SQLException sql && sql.getNextException() != null
                ? sql.getNextException()
                : failure.getCause();
    }
}
