package io.trialstream.suggester;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.trialstream.infrastructure.EmbeddedBroker;
import java.util.Map;

/** A real broker for the application under test. */
public class BrokerResource implements QuarkusTestResourceLifecycleManager {
    private EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
        broker = EmbeddedBroker.startTemporary();
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    @Override
    public void stop() {
        broker.close();
    }
}
