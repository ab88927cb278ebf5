package io.trialstream.suggester;

import io.smallrye.common.annotation.Identifier;
import io.trialstream.messaging.KafkaConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Makes the way to the broker from the {@code kafka.*} configuration, as Quarkus resolves it. */
@ApplicationScoped
class KafkaClients {

    @Produces
    @Singleton
    KafkaConnection connection(@Identifier("default-kafka-broker") Map<String, Object> settings) {
        return new KafkaConnection(settings);
    }
}
