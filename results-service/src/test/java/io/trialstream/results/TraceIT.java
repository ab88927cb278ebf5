package io.trialstream.results;

import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A trial's trace goes on from its reports to its outcome. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
@TestProfile(TraceIT.Traced.class)
class TraceIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    InMemorySpanExporter spans;

    /** Turns tracing on. */
    public static final class Traced implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.bsp.schedule.delay", "50ms");
        }
    }

    @Test
    void shouldContinueTheTraceOfAReport() {
        AStudy study = aStudy();
        ATrial trial = aTrial(study, 0);
        try (Broker broker = new Broker(bootstrapServers);
                EventPublisher trainer = new EventPublisher(
                        new KafkaConnection(Map.of("bootstrap.servers", bootstrapServers)),
                        "test-trainer",
                        (message, headers) -> headers.add(
                                "traceparent",
                                ("00-" + TRACE + "-00f067aa0ba902b7-01").getBytes(StandardCharsets.UTF_8)))) {
            // When
            broker.publish(study.running(), trial.proposed());
            trainer.publish(Topics.TRIAL_REPORTS, study.studyId(), trial.id(), trial.started("a"))
                    .join();
            trainer.publish(Topics.TRIAL_REPORTS, study.studyId(), trial.id(), trial.completed("a", 0.5))
                    .join();

            // Then
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(trace())
                    .extracting(SpanData::getName)
                    .contains("record started", "record finished", "publish outcome"));
        }
    }

    private List<SpanData> trace() {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(TRACE))
                .toList();
    }
}
