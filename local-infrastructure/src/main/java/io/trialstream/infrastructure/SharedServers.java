package io.trialstream.infrastructure;

import java.nio.file.Path;
import java.util.UUID;

/**
 * One temporary broker and one temporary database server for all tests of a JVM, started at the first call and stopped
 * with the JVM.
 *
 * <p>Their addresses are kept in system properties: a test framework that loads this class in several class loaders, as
 * Quarkus does, still gets one broker and one server. Tests that share the broker must use topics of their own.
 */
public final class SharedServers {
    private static final String BROKER = "trialstream.shared-broker";
    private static final String DATABASE = "trialstream.shared-database";
    private static final String DATABASE_PORT = "trialstream.shared-database.port";

    /**
     * The same object for every class loader of this process, since literals are interned. Not the properties' own lock:
     * the servers' other threads set properties while they start, and would wait for it for ever.
     */
    private static final Object LOCK = "io.trialstream.infrastructure.SharedServers";

    private SharedServers() {}

    /** Answers the broker's {@code bootstrap.servers}. */
    public static String bootstrapServers() {
        synchronized (LOCK) {
            if (System.getProperty(BROKER) == null) {
                System.setProperty(BROKER, EmbeddedBroker.startTemporary().bootstrapServers());
            }
            return System.getProperty(BROKER);
        }
    }

    /** Creates an empty database and answers how to reach it. */
    public static DatabaseAccess freshDatabase() {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        synchronized (LOCK) {
            if (System.getProperty(DATABASE) == null) {
                EmbeddedDatabase database = EmbeddedDatabase.startTemporary();
                System.setProperty(DATABASE_PORT, Integer.toString(database.port()));
                System.setProperty(DATABASE, database.directory().toString());
            }
        }
        return EmbeddedDatabase.createDatabase(
                Path.of(System.getProperty(DATABASE)), Integer.getInteger(DATABASE_PORT), name);
    }
}
