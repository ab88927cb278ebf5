package io.trialstream.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.infrastructure.EmbeddedDatabase.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
    @TempDir
    Path directory;

    @Test
    void shouldKeepRowsWhenRestartedOnAnotherPort() throws Exception {
        // Given
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            DatabaseAccess kept = database.createDatabase("kept");
            execute(kept, "CREATE TABLE answers (value int)");
            execute(kept, "INSERT INTO answers VALUES (42)");
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
            DatabaseAccess any = database.createDatabase("any_one");
            assertThat(query(any, "SHOW server_version")).startsWith("17.");
            assertThat(query(any, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(query(any, "SELECT 'a' > 'B'")).isEqualTo("t");
        }
    }

    @Test
    void shouldWaitForTheDiskOnlyWhereAsked() throws Exception {
        try (EmbeddedDatabase durable = EmbeddedDatabase.start(directory);
                EmbeddedDatabase quick = EmbeddedDatabase.startTemporary()) {
            assertThat(query(durable.createDatabase("durable"), "SHOW fsync")).isEqualTo("on");
            assertThat(query(quick.createDatabase("quick"), "SHOW fsync")).isEqualTo("off");
            assertThat(query(quick.createDatabase("quick"), "SHOW synchronous_commit"))
                    .isEqualTo("on");
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

    @Test
    void shouldLetNobodyInWithoutThePasswordAndGiveTheServiceNoPowerBeyondItsDatabase() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            DatabaseAccess service = database.createDatabase("own");

            for (String password : List.of("", "postgres", "trialstream")) {
                for (String user : List.of("postgres", service.username(), System.getProperty("user.name"))) {
                    assertThatThrownBy(() -> new DatabaseAccess(service.url(), user, password).connect())
                            .isInstanceOf(SQLException.class);
                }
            }
            assertThat(query(
                            service,
                            "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = user"))
                    .isEqualTo("f");
            assertThatThrownBy(() -> query(service, "SELECT pg_read_file('PG_VERSION')"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(service, "COPY (SELECT 1) TO PROGRAM 'true'"))
                    .hasMessageContaining("permission denied");
            assertThat(service.toString()).doesNotContain(service.password());
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
    void shouldKeepDataAndPasswordsFromOthers() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        EmbeddedDatabase.start(directory).close();

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("data"))).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("service.password"))).isEqualTo("rw-------");
        assertThat(permissions(directory.resolve("superuser.password"))).isEqualTo("rw-------");
    }

    @Test
    void shouldCloseADirectoryOfAnEarlierVersionAndKeepItsRows() throws Exception {
        // Given a server that trusts everybody, in which the superuser owns everything
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            DatabaseAccess service = database.createDatabase("earlier");
            DatabaseAccess superuser = new DatabaseAccess(
                    service.url(),
                    "postgres",
                    Files.readString(directory.resolve("superuser.password")).strip());
            execute(superuser, "CREATE TABLE answers (id int GENERATED ALWAYS AS IDENTITY, value int)");
            execute(superuser, "INSERT INTO answers (value) VALUES (42)");
            execute(superuser, "ALTER DATABASE earlier OWNER TO postgres");
            execute(superuser, "ALTER ROLE postgres PASSWORD NULL");
        }
        Files.delete(directory.resolve("superuser.password"));
        Files.delete(directory.resolve("service.password"));
        Files.writeString(directory.resolve("data/pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");

        // When
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            // Then
            DatabaseAccess service = database.createDatabase("earlier");
            assertThat(query(service, "SELECT value FROM answers")).isEqualTo("42");
            execute(service, "ALTER TABLE answers ADD COLUMN more int");
            execute(service, "INSERT INTO answers (value) VALUES (43)");
            execute(service, "CREATE TABLE new_one (value int)");
            assertThatThrownBy(() -> new DatabaseAccess(service.url(), "postgres", "").connect())
                    .isInstanceOf(SQLException.class);
            assertThat(EmbeddedDatabase.access(directory, service.url())).isEqualTo(service);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void execute(DatabaseAccess access, String sql) throws SQLException {
        try (Connection connection = access.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(DatabaseAccess access, String sql) throws SQLException {
        try (Connection connection = access.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
