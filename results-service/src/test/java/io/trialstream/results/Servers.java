package io.trialstream.results;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.trialstream.infrastructure.EmbeddedDatabase;
import io.trialstream.infrastructure.SharedServers;
import java.util.Map;

/** A real broker and a real, empty database for the tests of this service. */
public class Servers implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "kafka.bootstrap.servers", SharedServers.bootstrapServers(),
                "quarkus.datasource.jdbc.url", SharedServers.freshDatabase(),
                "quarkus.datasource.username", EmbeddedDatabase.USERNAME,
                "trialstream.results.sweep-every", "PT1S",
                "trialstream.results.measure-every", "PT1S");
    }

    @Override
    public void stop() {
        // The servers end with the JVM.
    }
}
