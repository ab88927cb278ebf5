package io.trialstream.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL server, started from the binaries in a Maven artifact, listening on the loopback address only.
 *
 * <p>The server is a process of its own with its files below one directory; {@link #close} stops it, and so does the
 * end of this JVM, unless the JVM is killed. The next start on the same directory then stops the orphan first. Several
 * may run side by side, each on a directory of its own. Runs as root as well: the server's processes are then put into
 * a user namespace, because PostgreSQL itself refuses to run as root.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** The server's one user; connections from this machine need no password, and any is accepted. */
    public static final String USERNAME = "postgres";

    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final PostgresCluster cluster;
    private final int port;
    private final Process server;
    private final OneTimeClose close;

    private EmbeddedDatabase(PostgresCluster cluster, int port, Process server, Runnable afterClose) {
        this.cluster = cluster;
        this.port = port;
        this.server = server;
        this.close = new OneTimeClose("database", () -> {
            try {
                stop();
            } finally {
                afterClose.run();
            }
        });
    }

    /**
     * Whether committed transactions survive a crash of the machine. A crash of the server alone loses nothing either
     * way.
     */
    public enum Durability {
        /** Every commit waits for the disk. */
        FULL,
        /** The disk is never waited for: for tests. */
        PROCESS_ONLY
    }

    /** Starts a database on a free port in a new temporary directory, which {@link #close} deletes. */
    public static EmbeddedDatabase startTemporary() {
        Path directory = Directories.createTemporary("trialstream-database");
        return start(directory, FreePorts.one(), Durability.PROCESS_ONLY, () -> Directories.delete(directory));
    }

    /** Starts a database on a free port with what {@code directory} holds; an absent or empty one becomes a new one. */
    public static EmbeddedDatabase start(Path directory) {
        return start(directory, FreePorts.one(), Durability.FULL);
    }

    /**
     * Starts a database and returns when it answers queries.
     *
     * @throws ServerStartException when it does not start, or when another living JVM runs one on this directory
     */
    public static EmbeddedDatabase start(Path directory, int port, Durability durability) {
        return start(directory, port, durability, () -> {});
    }

    private static EmbeddedDatabase start(Path directory, int port, Durability durability, Runnable afterClose) {
        QuietLogging.apply();
        Path root = Directories.create(directory);
        DirectoryLock lock = DirectoryLock.tryAcquire(root, "lock")
                .orElseThrow(() -> new ServerStartException("another process runs PostgreSQL in " + root));
        try {
            PostgresCluster cluster = new PostgresCluster(
                    PostgresPrograms.find(root.resolve("programs")),
                    root.resolve("data"),
                    root.resolve("postgresql.log"));
            // With the lock held, whoever started a server that still runs here is gone.
            PostgresProcess.stopOrphan(cluster.data());
            cluster.createUnlessPresent();
            return new EmbeddedDatabase(cluster, port, cluster.start(port, durability), () -> {
                lock.close();
                afterClose.run();
            });
        } catch (IOException e) {
            lock.close();
            throw new ServerStartException(
                    "PostgreSQL did not start in " + root + ": " + PrivateDirectory.reason(e), e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Stops a server that has outlived the JVM which started it on {@code directory}; nothing happens where none runs,
     * or where its JVM still lives.
     */
    public static void stopOrphan(Path directory) {
        if (Files.isDirectory(directory)) {
            DirectoryLock.tryAcquire(directory, "lock").ifPresent(lock -> {
                PostgresProcess.stopOrphan(directory.resolve("data"));
                lock.close();
            });
        }
    }

    /** Answers the port it listens on. */
    public int port() {
        return port;
    }

    /** Answers the JDBC URL of the database {@code postgres}; the user is {@link #USERNAME}. */
    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    /** Answers the JDBC URL of a database of this server, without the user. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /**
     * Creates a database unless it exists.
     *
     * @param name lower-case letters, digits and underscores
     * @return its JDBC URL
     */
    public String createDatabase(String name) {
        return createDatabase(jdbcUrl(), name);
    }

    static String createDatabase(String serverUrl, String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is no database name: " + name);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(serverUrl);
        source.setUser(USERNAME);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, name)) {
                statement.execute("CREATE DATABASE " + name);
            }
            return serverUrl.substring(0, serverUrl.lastIndexOf('/') + 1) + name;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name, e);
        }
    }

    private static boolean exists(Statement statement, String name) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
            return rows.next();
        }
    }

    /** Waits until the server's process has ended and answers whether it did so by itself, not by {@link #close}. */
    public boolean awaitExit() {
        server.onExit().join();
        return !close.isBegun();
    }

    /** Stops the server; open connections are closed, open transactions rolled back. */
    @Override
    public void close() {
        close.run();
    }

    private void stop() {
        try {
            cluster.stop(server.toHandle());
        } catch (IOException | RuntimeException e) {
            server.destroyForcibly();
            throw new IllegalStateException("cannot stop PostgreSQL on port " + port + " in order", e);
        } finally {
            // The server counts as stopped when its pid file is gone, a moment before its process is.
            PostgresProcess.awaitEnd(server.toHandle());
        }
    }
}
