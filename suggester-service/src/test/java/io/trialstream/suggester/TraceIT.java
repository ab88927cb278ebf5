package io.trialstream.suggester;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialState;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TraceHeaders;
import io.trialstream.suggester.loop.SuggesterLoop;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Each proposal begins the trace of its trial, and its outcome is seen in it. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@TestProfile(TraceIT.Traced.class)
class TraceIT {
    @Inject
    SuggesterLoop loop;

    @Inject
    InMemorySpanExporter spans;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    /** Turns tracing on. */
    public static final class Traced implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.bsp.schedule.delay", "50ms");
        }
    }

    @Test
    void shouldFollowATrialFromItsProposalToItsOutcome() {
        // Given
        await().until(() -> loop.fault().isEmpty());
        String study = given().contentType(ContentType.JSON)
                .body(Studied.file("traced", 1))
                .post("/api/v1/studies")
                .then()
                .statusCode(201)
                .extract()
                .path("studyId");

        // When a trainer offers a slot
        try (EventPublisher trainer = new EventPublisher(
                        new KafkaConnection(Map.of("bootstrap.servers", bootstrapServers)), "test-trainer");
                KafkaConsumer<String, byte[]> queue =
                        new KafkaConnection(Map.of("bootstrap.servers", bootstrapServers)).follower(Map.of())) {
            trainer.publish(Topics.TRAINERS, "trainer-1", Studied.ready("trainer-1", 1))
                    .join();
            TopicPartition partition =
                    new TopicPartition(Topics.proposals("default").name(), 0);
            queue.assign(List.of(partition));
            queue.seekToBeginning(List.of(partition));
            ConsumerRecord<String, byte[]> proposal =
                    await().until(() -> next(queue, study), Optional::isPresent).orElseThrow();

            // Then
            SpanContext trace = TraceHeaders.read(proposal.headers()).orElseThrow();
            await().untilAsserted(() -> assertThat(spans.getFinishedSpanItems()).anySatisfy(span -> {
                assertThat(span.getName()).isEqualTo("propose trial");
                assertThat(span.getTraceId()).isEqualTo(trace.getTraceId());
                assertThat(span.getSpanId()).isEqualTo(trace.getSpanId());
            }));

            // And when the trial's outcome comes back with that trace
            publishOutcome(study, proposal);

            // Then
            await().untilAsserted(() -> assertThat(spans.getFinishedSpanItems()).anySatisfy(span -> {
                assertThat(span.getName()).isEqualTo("learn outcome");
                assertThat(span.getTraceId()).isEqualTo(trace.getTraceId());
            }));
        }
    }

    private void publishOutcome(String study, ConsumerRecord<String, byte[]> proposal) {
        Proposal proposed = new MessageCodec().read(proposal.value(), Proposal.class);
        Outcome outcome = Outcome.evidence(
                proposed.trialId(),
                1,
                new Outcome.Row(3, proposed.configurationHash(), Instant.parse("2026-01-31T12:00:00Z")),
                new Outcome.End(TrialState.COMPLETED, Optional.of(0.5), 1, Optional.of("run-1"), Optional.empty()));
        try (EventPublisher results = new EventPublisher(
                new KafkaConnection(Map.of("bootstrap.servers", bootstrapServers)),
                "test-results",
                (message, headers) -> proposal.headers().forEach(headers::add))) {
            results.publish(Topics.TRIAL_OUTCOMES, study, outcome.trialId().toString(), outcome)
                    .join();
        }
    }

    /** The queue is shared with other tests, so that their studies' proposals come by too. */
    private static Optional<ConsumerRecord<String, byte[]>> next(KafkaConsumer<String, byte[]> queue, String study) {
        for (ConsumerRecord<String, byte[]> proposal : queue.poll(Duration.ofMillis(100))) {
            if (proposal.key().startsWith(study + ":")) {
                return Optional.of(proposal);
            }
        }
        return Optional.empty();
    }
}
