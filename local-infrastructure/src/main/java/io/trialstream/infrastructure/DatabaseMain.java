package io.trialstream.infrastructure;

import io.trialstream.infrastructure.EmbeddedDatabase.Durability;
import java.nio.file.Path;

/**
 * PostgreSQL under a process of its own: {@code DatabaseMain DIRECTORY PORT DATABASE READY_FILE}.
 *
 * <p>Creates the named database unless it exists and writes its JDBC URL to the ready file; {@link EmbeddedDatabase#access}
 * tells with which password it is reached. Stops PostgreSQL and ends
 * on SIGTERM or SIGINT; exits with 1 when it cannot start and when PostgreSQL ends by itself, with 2 on wrong use.
 */
public final class DatabaseMain {
    private DatabaseMain() {}

    /** Runs PostgreSQL until the process is told to end. */
    public static void main(String[] args) {
        ServerMain.run("DatabaseMain DIRECTORY PORT DATABASE READY_FILE", args.length == 4, () -> {
            EmbeddedDatabase database =
                    EmbeddedDatabase.start(Path.of(args[0]), Integer.parseInt(args[1]), Durability.FULL);
            ServerMain.announce(database.createDatabase(args[2]).url(), args[3]);
            if (database.awaitExit()) {
                throw new IllegalStateException("PostgreSQL has ended");
            }
            return null;
        });
    }
}
