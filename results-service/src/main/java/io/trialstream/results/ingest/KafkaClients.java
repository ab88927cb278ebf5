package io.trialstream.results.ingest;

import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.common.annotation.Identifier;
import io.trialstream.contracts.Outcome;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TrialTraces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The clients of the broker, made once. */
@ApplicationScoped
class KafkaClients {
    private static final String CLIENT_ID = "results";

    @Produces
    @Singleton
    KafkaConnection connection(@Identifier("default-kafka-broker") Map<String, Object> settings) {
        return new KafkaConnection(settings);
    }

    @Produces
    @Singleton
    EventPublisher publisher(KafkaConnection connection, TrialTraces traces) {
        return new EventPublisher(connection, CLIENT_ID, (message, headers) -> {
            if (message instanceof Outcome outcome) {
                traces.sentIfKnown("publish outcome", outcome.trialId(), headers);
            }
        });
    }

    @Produces
    @Singleton
    TrialTraces traces(OpenTelemetry telemetry) {
        return new TrialTraces(telemetry, CLIENT_ID);
    }

    void close(@Disposes EventPublisher publisher) {
        publisher.close();
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(EventPublisher publisher, KafkaConnection connection, Clock clock, IngestMeters meters) {
        return new DeadLetters(publisher, CLIENT_ID, clock, meters::putAside).once(connection);
    }

    @Produces
    @Singleton
    Admin admin(KafkaConnection connection) {
        return connection.admin();
    }

    void close(@Disposes Admin admin) {
        admin.close(Duration.ofSeconds(5));
    }

    @Produces
    @Singleton
    Backlog backlog(Admin admin) {
        return new Backlog(admin);
    }

    /** In microseconds, as PostgreSQL keeps time: an outcome is the same before and after it was stored. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }
}
