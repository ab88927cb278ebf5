package io.trialstream.suggester.imports;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialState;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.suggester.BrokerResource;
import io.trialstream.suggester.Studied;
import io.trialstream.suggester.loop.SuggesterLoop;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports over REST, and what they leave on a real broker. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class ImportIT {
    private static final String LINES = "application/x-ndjson";

    @Inject
    SuggesterLoop loop;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final MessageCodec codec = new MessageCodec();
    private final String name = "import-" + UUID.randomUUID().toString().substring(0, 8);
    private String study;

    @BeforeEach
    void createStudy() {
        await().until(() -> loop.fault().isEmpty());
        study = given().contentType(ContentType.JSON)
                .body(Studied.file(name, 3))
                .post("/api/v1/studies")
                .then()
                .statusCode(201)
                .extract()
                .path("studyId");
    }

    @Test
    void shouldNumberTrialsWithTheirResultsAndLearnFromThem() {
        // When more trials come than the budget has room for
        String retrain = line(0.9).replace("{\"trialId", "{\"origin\": \"RETRAIN\", \"trialId");
        String file =
                line(0.1) + line(0.2) + line(0.3).replace("COMPLETED", "FAILED") + line(0.4) + line(0.5) + retrain;
        send(LINES, file)
                .statusCode(200)
                .body("studyId", is(study), "imported", is(4), "known", is(0), "skipped", is(2))
                .body("lines.place", contains("line 1", "line 2", "line 3", "line 4", "line 5", "line 6"))
                .body("lines.trialId", contains(study + ":0", study + ":1", null, study + ":2", study + ":3", null));

        // Then
        List<LedgerRecord> ledger = ledger();
        assertThat(ledger).hasSize(4).allSatisfy(trial -> {
            assertThat(trial.origin()).isEqualTo(Origin.IMPORTED);
            assertThat(trial.dispatch()).isZero();
        });
        assertThat(ledger.get(3).imported().orElseThrow().objective()).contains(0.5);

        // When results has recorded them
        publishOutcomes(ledger);

        // Then they are evidence, and the budget is whole
        await().untilAsserted(() -> given().get("/api/v1/studies/" + study)
                .then()
                .body("trials.completed", is(4), "trials.open", is(0), "evidenceWatermark", is(4))
                .body("best.number", is(3), "best.objective", is(0.5f), "state", is("RUNNING")));
        enqueue(3).statusCode(201);
    }

    @Test
    void shouldImportTheSameContentOnce() {
        String history = line(0.7)
                .replace(
                        "}}", "}, \"history\": [{\"epoch\": 1, \"metrics\": {\"objective\": 0.7}, \"seconds\": 0.5}]}");
        send(LINES, line(0.7) + line(0.7)).statusCode(200).body("imported", is(1), "known", is(1));

        // When it comes again, now with its history
        send(LINES, line(0.6) + history)
                .statusCode(200)
                .body("imported", is(1), "known", is(1))
                .body("lines.trialId", contains(study + ":1", study + ":0"));

        assertThat(ledger()).hasSize(2);
        List<EpochReport> epochs = read(Topics.TRIAL_EPOCHS, EpochReport.class).stream()
                .filter(report -> report.run().studyId().equals(study))
                .toList();
        assertThat(epochs).singleElement().satisfies(report -> {
            assertThat(report.run()).isEqualTo(ledger().get(0).importedRun().orElseThrow());
            assertThat(report.metrics()).containsEntry("objective", 0.7);
            assertThat(report.duration()).isEqualTo(Duration.ofMillis(500));
        });
    }

    @Test
    void shouldKnowTheStudysOwnTrials() {
        // Given a trial of the study's own, one that was imported into it, and their export
        enqueue(1).statusCode(201);
        send(LINES, line(0.7)).statusCode(200).body("imported", is(1));
        publishOutcomes(
                ledger().stream().filter(trial -> trial.imported().isPresent()).toList());
        String own = exported(0, "\"x\": 0.0, \"kind\": \"b\"") + exported(1, "\"x\": 0.7, \"kind\": \"a\"");

        // Then both are known
        send(LINES, own)
                .statusCode(200)
                .body("imported", is(0), "known", is(2))
                .body("lines.trialId", contains(study + ":0", study + ":1"));
        assertThat(ledger()).hasSize(2);

        // Then what only claims to be a trial of the study is imported
        send(LINES, exported(0, "\"x\": 0.5, \"kind\": \"b\"") + exported(17, "\"x\": 0.25, \"kind\": \"a\""))
                .statusCode(200)
                .body("imported", is(2), "known", is(0));
    }

    private String exported(int number, String configuration) {
        return "{\"trialId\": \"" + study + ":" + number + "\", \"state\": \"COMPLETED\", \"objective\": 0.5,"
                + " \"configuration\": {" + configuration + "}, \"history\": [{\"epoch\": 1, \"metrics\": {}}]}\n";
    }

    @Test
    void shouldImportAllOrNothing() {
        problem(send(LINES, line(0.1) + line(0.2).replace("\"a\"", "\"c\"")), 422, "INVALID_IMPORT")
                .body("errors.field", contains("line 2: configuration.kind"))
                .body("detail", is("1 of 2 trials cannot be imported, so none was"));
        problem(send("application/json", SeedFile.BEST), 422, "INVALID_IMPORT")
                .body("errors.field", hasItem("file: protocol"));
        assertThat(ledger()).isEmpty();
    }

    @Test
    void shouldSayWhatIsNoImport() {
        problem(send(LINES, ""), 400, "UNREADABLE_REQUEST");
        problem(send("application/zip", "no archive"), 400, "UNREADABLE_REQUEST");
        problem(send("text/csv", "a,b"), 415, "UNSUPPORTED_MEDIA_TYPE");
        study = "nothing";
        problem(send(LINES, line(0.1)), 404, "NOT_FOUND");
    }

    private static String line(double objective) {
        return "{\"trialId\": \"old:" + objective + "\", \"state\": \"COMPLETED\", \"objective\": " + objective
                + ", \"epochs\": 2, \"configuration\": {\"x\": " + objective
                + ", \"kind\": \"a\"}, \"best\": {\"objective\": " + objective + "}}\n";
    }

    private ValidatableResponse send(String type, String file) {
        return given().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(type, ContentType.TEXT)))
                .contentType(type)
                .body(SeedFile.bytes(file))
                .post("/api/v1/studies/" + study + "/import")
                .then();
    }

    private ValidatableResponse enqueue(int trials) {
        return given().contentType(ContentType.JSON)
                .body(IntStream.range(0, trials)
                        .mapToObj(i -> Map.of("x", i / 10.0, "kind", "b"))
                        .toList())
                .post("/api/v1/studies/" + study + "/enqueue")
                .then();
    }

    private void publishOutcomes(List<LedgerRecord> ledger) {
        try (EventPublisher publisher =
                new EventPublisher(new KafkaConnection(Map.of("bootstrap.servers", bootstrapServers)), "test")) {
            for (LedgerRecord trial : ledger) {
                Optional<Double> objective = trial.imported().orElseThrow().objective();
                Outcome outcome = Outcome.evidence(
                        trial.trialId(),
                        trial.number() + 1,
                        new Outcome.Row(2, trial.configurationHash(), Studied.NOW),
                        new Outcome.End(TrialState.COMPLETED, objective, 2, Optional.empty(), Optional.empty()));
                publisher
                        .publish(Topics.TRIAL_OUTCOMES, study, outcome.trialId().toString(), outcome)
                        .join();
            }
        }
    }

    private List<LedgerRecord> ledger() {
        return read(Topics.TRIAL_LEDGER, LedgerRecord.class).stream()
                .filter(trial -> trial.studyId().equals(study))
                .toList();
    }

    private <M extends Message> List<M> read(TopicDefinition topic, Class<M> type) {
        List<M> messages = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConnection(Map.of("bootstrap.servers", bootstrapServers)).follower(Map.of())) {
            List<TopicPartition> partitions = IntStream.range(0, topic.partitions())
                    .mapToObj(i -> new TopicPartition(topic.name(), i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    // A deleted study's trials have tombstones.
                    if (record.value() != null) {
                        messages.add(codec.read(record.value(), type));
                    }
                }
            }
        }
        return messages;
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("type", is("urn:trialstream:error:" + code));
    }
}
