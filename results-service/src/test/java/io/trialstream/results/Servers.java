package io.trialstream.results;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.trialstream.infrastructure.DatabaseAccess;
import io.trialstream.infrastructure.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

/** A real broker and a real, empty database for the tests of this service. */
public class Servers implements QuarkusTestResourceLifecycleManager {
    private static final String SUGGESTER_PORT = "trialstream.test.suggester-port";

    @Override
    public Map<String, String> start() {
        DatabaseAccess database = SharedServers.freshDatabase();
        return Map.ofEntries(
                Map.entry("kafka.bootstrap.servers", SharedServers.bootstrapServers()),
                Map.entry("quarkus.datasource.jdbc.url", database.url()),
                Map.entry("quarkus.datasource.username", database.username()),
                Map.entry("quarkus.datasource.password", database.password()),
                Map.entry("trialstream.results.suggester-url", "http://localhost:" + suggesterPort()),
                Map.entry("trialstream.results.sweep-every", "PT1S"),
                Map.entry("trialstream.results.keep-orders-from", "10"),
                Map.entry("trialstream.artifacts.directory", artifacts().toString()),
                Map.entry("trialstream.results.live.ping-after", "PT2S"),
                Map.entry("trialstream.results.live.stalled-after", "PT4S"),
                Map.entry("trialstream.results.measure-every", "PT1S"));
    }

    /** Where tests put the files that runs leave; the same in every class loader. */
    static Path artifacts() {
        return Path.of("target", "test-artifacts").toAbsolutePath();
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
