package io.trialstream.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real PostgreSQL server, started from the binaries in a Maven artifact, listening on the loopback address only.
 *
 * <p>The server is a process of its own with its files below one directory; {@link #close} stops it, and so does the
 * end of this JVM, unless the JVM is killed. The next start on the same directory then stops the orphan first. Several
 * may run side by side, each on a directory of its own. Runs as root as well: the server's processes are then put into
 * a user namespace, because PostgreSQL itself refuses to run as root.
 *
 * <p>It lets nobody in without a password (SCRAM). Programs get a role that owns its databases and may do nothing else;
 * the passwords lie beside the data, readable for the user alone. A directory of an earlier version, whose server
 * trusted everybody on the machine, is closed at its next start.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private final PostgresCluster cluster;
    private final DatabaseServer roles;
    private final Process server;
    private final OneTimeClose close;

    private EmbeddedDatabase(PostgresCluster cluster, DatabaseServer roles, Process server, Runnable afterClose) {
        this.cluster = cluster;
        this.roles = roles;
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
        Path root = Directories.createPrivate(directory);
        DirectoryLock lock = DirectoryLock.tryAcquire(root, "lock")
                .orElseThrow(() -> new ServerStartException("another process runs PostgreSQL in " + root));
        try {
            PostgresCluster cluster = new PostgresCluster(
                    PostgresPrograms.find(root.resolve("programs")),
                    root.resolve("data"),
                    root.resolve("postgresql.log"));
            // With the lock held, whoever started a server that still runs here is gone.
            PostgresProcess.stopOrphan(cluster.data());
            DatabasePasswords passwords = cluster.createUnlessPresent(root);
            EmbeddedDatabase database = new EmbeddedDatabase(
                    cluster, new DatabaseServer(port, passwords), cluster.start(port, durability), () -> {
                        lock.close();
                        afterClose.run();
                    });
            database.prepare();
            return database;
        } catch (IOException e) {
            lock.close();
            throw new ServerStartException(
                    "PostgreSQL did not start in " + root + ": " + PrivateDirectory.reason(e), e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void prepare() {
        try {
            roles.createServiceRole();
        } catch (RuntimeException e) {
            close();
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
        return roles.port();
    }

    /**
     * Creates a database unless it exists.
     *
     * @param name lower-case letters, digits and underscores
     * @return how programs reach it
     */
    public DatabaseAccess createDatabase(String name) {
        return roles.createDatabase(name);
    }

    /** Creates a copy of a database that nobody uses at the moment. */
    public DatabaseAccess copyDatabase(String original, String copy) {
        return roles.copyDatabase(original, copy);
    }

    /**
     * Answers how programs reach a database of the server on {@code directory}, which another process has started.
     *
     * @param url the database's, as that process has announced it
     */
    public static DatabaseAccess access(Path directory, String url) {
        return new DatabaseAccess(
                url, DatabaseServer.SERVICE, DatabasePasswords.read(directory).service());
    }

    /** As {@link #createDatabase(String)}, of a server that is held by another class loader of this process. */
    static DatabaseAccess createDatabase(Path directory, int port, String name) {
        return new DatabaseServer(port, DatabasePasswords.read(directory)).createDatabase(name);
    }

    /** Answers the directory with everything that it keeps. */
    Path directory() {
        return cluster.data().getParent();
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
            throw new IllegalStateException("cannot stop PostgreSQL on port " + port() + " in order", e);
        } finally {
            // The server counts as stopped when its pid file is gone, a moment before its process is.
            PostgresProcess.awaitEnd(server.toHandle());
        }
    }
}
