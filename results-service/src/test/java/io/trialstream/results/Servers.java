package io.trialstream.results;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.trialstream.infrastructure.EmbeddedDatabase;
import io.trialstream.infrastructure.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** A real broker and a real, empty database for the tests of this service. */
public class Servers implements QuarkusTestResourceLifecycleManager {
    private static final String SUGGESTER_PORT = "trialstream.test.suggester-port";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "kafka.bootstrap.servers",
                SharedServers.bootstrapServers(),
                "quarkus.datasource.jdbc.url",
                SharedServers.freshDatabase(),
                "quarkus.datasource.username",
                EmbeddedDatabase.USERNAME,
                "trialstream.results.suggester-url",
                "http://localhost:" + suggesterPort(),
                "trialstream.results.sweep-every",
                "PT1S",
                "trialstream.results.measure-every",
                "PT1S");
    }

    /** Where tests that need a suggester start one; free, and the same in every class loader. */
    static int suggesterPort() {
        synchronized (System.getProperties()) {
            if (System.getProperty(SUGGESTER_PORT) == null) {
                System.setProperty(SUGGESTER_PORT, Integer.toString(freePort()));
            }
            return Integer.getInteger(SUGGESTER_PORT);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The servers end with the JVM.
    }
}
