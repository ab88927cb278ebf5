package io.trialstream.results.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DataFaultsTest {

    @Test
    void shouldFindTheValueAtFaultBelowWhateverWrapsIt() {
        SQLException fault = new SQLException("ERROR: invalid byte sequence\n  Where: unnamed portal", "22021");
        BatchUpdateException batch = new BatchUpdateException("Batch entry 0 insert …", "22021", new int[0], fault);

        assertThat(DataFaults.in(new IllegalStateException(batch))).contains("ERROR: invalid byte sequence");
    }

    @Test
    void shouldNotTakeAnAbsentDatabaseForAFaultOfTheValue() {
        assertThat(DataFaults.in(new IllegalStateException(new SQLException("connection refused", "08001"))))
                .isEmpty();
        assertThat(DataFaults.in(new IllegalStateException("no SQL at all"))).isEmpty();
    }
}
