package io.trialstream.infrastructure;

import io.trialstream.infrastructure.EmbeddedDatabase.Durability;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PostgreSQL data directory and the server on it.
 *
 * @param programs what to run
 * @param data the data directory
 * @param log where the programs write what they have to say
 */
record PostgresCluster(PostgresPrograms programs, Path data, Path log) {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Pattern COMPLAINT = Pattern.compile("FATAL|PANIC|error:|denied|unshare:");
    private static final Pattern TRUST = Pattern.compile("^\\s*(local|host\\w*)\\s.*\\strust\\b");
    private static final String ACCESS_RULES =
            """
            # Written by Trialstream: from this machine only, with a password.
            host all all 127.0.0.1/32 scram-sha-256
            """;
    private static final String UNFINISHED = "unfinished-data";
    private static final String STOP_SECONDS = "15";
    /** Line of the pid file in which the server says how far it is. */
    private static final int STATUS_LINE = 7;

    /**
     * Creates the databases that every cluster has; an interrupted creation leaves nothing under the final name. A cluster
     * that lets anybody in without a password, as earlier versions made them, or whose passwords are lost, is closed.
     *
     * @param root where the passwords are
     */
    DatabasePasswords createUnlessPresent(Path root) throws IOException {
        boolean passwordsAreKnown = DatabasePasswords.exist(root);
        DatabasePasswords passwords = DatabasePasswords.create(root);
        if (!isCreated()) {
            create(DatabasePasswords.superuserFile(root));
        } else if (!passwordsAreKnown || trustsAnybody()) {
            closeDoors(passwords);
        }
        return passwords;
    }

    private boolean trustsAnybody() throws IOException {
        return Files.readAllLines(accessRules(), StandardCharsets.ISO_8859_1).stream()
                .anyMatch(line -> TRUST.matcher(line).find());
    }

    private Path accessRules() {
        return data.resolve("pg_hba.conf");
    }

    /** While no server runs. The rules come last, so that an interruption is noticed by the next start. */
    private void closeDoors(DatabasePasswords passwords) throws IOException {
        Process alone = spawn("postgres", List.of("--single", "-D", data.toString(), "postgres"));
        try (Writer statements = alone.outputWriter(StandardCharsets.US_ASCII)) {
            statements.write("ALTER ROLE " + DatabaseServer.SUPERUSER + " PASSWORD '" + passwords.superuser() + "'\n");
        } catch (IOException itHasEnded) {
            // Why is in its log, which is shown next.
        }
        await("postgres --single", alone);
        Path unfinished = Files.createTempFile(data, "pg_hba", null);
        Files.writeString(unfinished, ACCESS_RULES);
        Files.move(unfinished, accessRules(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void create(Path superuserPassword) throws IOException {
        deleteUnfinished();
        // A name of its own: a creation that lost its parent may still be at work in its directory for a moment.
        Path unfinished = Files.createTempDirectory(data.getParent(), UNFINISHED);
        Process creation = spawn(
                "initdb",
                List.of(
                        "--pgdata=" + unfinished,
                        "--username=" + DatabaseServer.SUPERUSER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + superuserPassword,
                        "--encoding=UTF-8",
                        "--locale=C"));
        OneTimeClose end = new OneTimeClose("initdb", creation::destroy);
        try {
            await("initdb", creation);
        } finally {
            end.run();
        }
        moveAside();
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void deleteUnfinished() throws IOException {
        try (Stream<Path> siblings = Files.list(data.getParent())) {
            siblings.filter(sibling -> sibling.getFileName().toString().startsWith(UNFINISHED))
                    .forEach(Directories::deleteQuietly);
        }
    }

    /** What an earlier version left half created goes; were it something else after all, it is still there. */
    private void moveAside() throws IOException {
        try {
            Files.deleteIfExists(data);
        } catch (DirectoryNotEmptyException halfCreated) {
            Path aside = Files.createTempDirectory(data.getParent(), data.getFileName() + ".incomplete");
            Files.move(data, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * A directory that a server has run on is kept whatever it lacks. One that none has run on counts if it has the
     * database that is created last; without it somebody was interrupted while creating it.
     */
    private boolean isCreated() {
        return Files.exists(data.resolve("postmaster.opts")) || Files.exists(data.resolve("base/5/PG_VERSION"));
    }

    /** Starts the server and returns when it accepts connections. */
    Process start(int port, Durability durability) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        Map<String, String> settings = Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "timezone", "UTC",
                "fsync", durability == Durability.FULL ? "on" : "off",
                // Off would let a crash of the server alone forget commits that a caller has already been told of.
                "synchronous_commit", "on",
                "shared_buffers", "32MB",
                "max_connections", "100");
        settings.forEach((key, value) -> arguments.addAll(List.of("-c", key + "=" + value)));
        Process server = spawn("postgres", arguments);
        awaitReady(server);
        return server;
    }

    private void awaitReady(Process server) throws IOException {
        long started = System.nanoTime();
        while (!isReady(server)) {
            if (!server.isAlive()) {
                throw new ServerStartException("PostgreSQL ended during start-up: " + lastWords());
            }
            if (System.nanoTime() - started > START_LIMIT.toNanos()) {
                server.destroyForcibly();
                throw new ServerStartException("PostgreSQL does not accept connections after " + START_LIMIT.toSeconds()
                        + " s; its log: " + log);
            }
            pause(server);
        }
    }

    private boolean isReady(Process server) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        List<String> lines = Files.readAllLines(pidFile, StandardCharsets.ISO_8859_1);
        return lines.size() > STATUS_LINE
                && lines.get(0).trim().equals(Long.toString(server.pid()))
                && lines.get(STATUS_LINE).trim().equals("ready");
    }

    /** Stops {@code server}: open connections are closed, open transactions rolled back. */
    void stop(ProcessHandle server) throws IOException {
        if (server.isAlive()) {
            run("pg_ctl", List.of("-D", data.toString(), "-m", "fast", "-w", "-t", STOP_SECONDS, "stop"));
        }
    }

    private void run(String program, List<String> arguments) throws IOException {
        await(program, spawn(program, arguments));
    }

    private Process spawn(String program, List<String> arguments) throws IOException {
        return programs.command(program, arguments)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private void await(String program, Process process) throws IOException {
        try {
            if (process.waitFor() != 0) {
                throw new ServerStartException(program + " failed: " + lastWords());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        }
    }

    private static void pause(Process server) throws IOException {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL started", e);
        }
    }

    /** The last complaint in the log, else its last line. */
    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.stream()
                .filter(line -> COMPLAINT.matcher(line).find())
                .reduce((earlier, later) -> later)
                .orElse(lines.isEmpty() ? "no reason given" : lines.get(lines.size() - 1))
                .strip();
    }
}
