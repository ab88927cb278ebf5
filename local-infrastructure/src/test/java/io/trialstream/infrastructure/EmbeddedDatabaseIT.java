package io.trialstream.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.infrastructure.EmbeddedDatabase.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
    @TempDir
    Path directory;

    @Test
    void shouldKeepRowsWhenRestartedOnAnotherPort() throws Exception {
        // Given
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            String url = database.createDatabase("kept");
            execute(url, "CREATE TABLE answers (value int)");
            execute(url, "INSERT INTO answers VALUES (42)");
        }

        // When
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            // Then
            assertThat(query(database.createDatabase("kept"), "SELECT value FROM answers"))
                    .isEqualTo("42");
        }
    }

    @Test
    void shouldBePostgresSeventeenStoringUnicodeAndSortingByCodePoint() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.startTemporary()) {
            assertThat(query(database.jdbcUrl(), "SHOW server_version")).startsWith("17.");
            assertThat(query(database.jdbcUrl(), "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(query(database.jdbcUrl(), "SELECT 'a' > 'B'")).isEqualTo("t");
        }
    }

    @Test
    void shouldWaitForTheDiskOnlyWhereAsked() throws Exception {
        try (EmbeddedDatabase durable = EmbeddedDatabase.start(directory);
                EmbeddedDatabase quick = EmbeddedDatabase.startTemporary()) {
            assertThat(query(durable.jdbcUrl(), "SHOW fsync")).isEqualTo("on");
            assertThat(query(quick.jdbcUrl(), "SHOW fsync")).isEqualTo("off");
            assertThat(query(quick.jdbcUrl(), "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void shouldRefuseADirectoryThatAnotherDatabaseUses() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory)).isInstanceOf(IllegalStateException.class);
            assertThat(PostgresProcess.on(directory.resolve("data"))).isPresent();
        }
    }

    @Test
    void shouldRefuseWhatIsNoDatabaseName() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, FreePorts.one(), Durability.PROCESS_ONLY)) {
            assertThatThrownBy(() -> database.createDatabase("x; DROP DATABASE postgres"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("DROP");
        }
    }

    @Test
    void shouldLeaveAProcessAloneThatOnlyInheritedThePid() throws Exception {
        // Given
        Path data = Files.createDirectories(directory.resolve("data"));
        long own = ProcessHandle.current().pid();
        Files.writeString(data.resolve("postmaster.pid"), own + "\n" + data + "\n1700000000\n5432\n");

        // When
        PostgresProcess.stopOrphan(data);

        // Then
        assertThat(PostgresProcess.on(data)).isEmpty();
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, EmbeddedDatabase.USERNAME, "");
    }
}
