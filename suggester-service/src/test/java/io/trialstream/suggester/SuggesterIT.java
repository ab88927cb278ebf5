package io.trialstream.suggester;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TopicFollower;
import io.trialstream.suggester.loop.SuggesterLoop;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The suggester's REST interface over a real broker. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class SuggesterIT {
    private static final String YAML =
            """
            name: %s
            objective: { metric: objective, direction: maximize }
            sampler: { type: hyperopt, seed: 42, startupTrials: 4 }
            budget: { trials: 5 }
            training: { workload: sleep, epochs: 2, epochDuration: PT0.01S }
            space:
              lr: { loguniform: [-5, 0] }
              optimizer: { choice: [adam, sgd] }
            """;

    @Inject
    SuggesterLoop loop;

    @BeforeEach
    void awaitCharge() {
        await().until(() -> loop.fault().isEmpty());
    }

    @Test
    void shouldCreateAStudyFromYamlAndShowItByIdAndByName() {
        String name = newName();

        String id = create(YAML.formatted(name))
                .statusCode(201)
                .header("Location", containsString("/api/v1/studies/" + name))
                .body("state", is("RUNNING"), "spec.sampler.seed", is(42), "spec.space.lr.loguniform", contains(-5, 0))
                .extract()
                .path("studyId");

        for (String key : List.of(id, name)) {
            given().get("/api/v1/studies/" + key).then().statusCode(200).body("studyId", is(id), "trials.open", is(0));
        }
        given().get("/api/v1/studies").then().statusCode(200).body("studyId", hasItem(id));
    }

    @Test
    void shouldCreateAStudyFromJson() {
        given().contentType(ContentType.JSON)
                .body(Studied.file(newName(), 3))
                .post("/api/v1/studies")
                .then()
                .statusCode(201);
    }

    @Test
    void shouldCheckAStudyWithoutCreatingIt() {
        String name = newName();
        String slip = YAML.formatted(name).replace("[-5, 0]", "[1e-5, 0.1]");

        dryRun(slip)
                .statusCode(200)
                .body("name", is(name), "parameters", is(2), "spec.pool", is("default"))
                .body("objective.direction", is("maximize"), "budget.trials", is(5))
                .body("warnings.field", hasItem("space.lr.loguniform"));
        given().get("/api/v1/studies/" + name).then().statusCode(404);
        create(slip)
                .statusCode(201)
                .body("warnings.field", hasItem("space.lr.loguniform"))
                .body("objective.direction", is("maximize"), "trials.queued", is(0), "trials.running", is(0));
        problem(dryRun(slip), 409, "NAME_TAKEN");
        problem(dryRun(slip.replace("metric: objective", "metric: objectiv")), 409, "NAME_TAKEN");
    }

    @Test
    void shouldTellEverythingThatIsKnownToFail() {
        String doomed = YAML.formatted(newName())
                .replace("metric: objective", "metric: objectiv")
                .replace("type: hyperopt", "type: hyperopt, gama: 1");

        problem(dryRun(doomed), 422, "INVALID_STUDY")
                .body("errors.field", contains("objective.metric", "sampler.gama"));
    }

    @Test
    void shouldRefuseTextThatIsNoUtf8AndTextThatNothingStores() {
        byte[] latin = YAML.formatted(newName()).replace("adam", "ädam").getBytes(StandardCharsets.ISO_8859_1);

        problem(
                        given().contentType("application/yaml")
                                .body(latin)
                                .post("/api/v1/studies")
                                .then(),
                        400,
                        "UNREADABLE_REQUEST")
                .body("detail", containsString("not UTF-8 at byte"));
        problem(create(YAML.formatted(newName()).replace("adam", "\"a\\0\"")), 422, "INVALID_STUDY")
                .body("errors.field", contains("space.optimizer.choice[0]"));
    }

    @Test
    void shouldRefuseATakenName() {
        String name = newName();
        create(YAML.formatted(name)).statusCode(201);

        problem(create(YAML.formatted(name)), 409, "NAME_TAKEN");
    }

    @Test
    void shouldAnswerARepeatedRequestWithTheFirstStudy() {
        String name = newName();
        String key = UUID.randomUUID().toString();
        String id = create(YAML.formatted(name), key).statusCode(201).extract().path("studyId");

        create(YAML.formatted(name), key).statusCode(201).body("studyId", is(id));
        problem(create(YAML.formatted(newName()), key), 409, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void shouldNameEveryFieldThatIsWrong() {
        String broken =
                """
                name: "not a name"
                objective: { metric: objective, direction: upwards }
                sampler: { type: hyperopt }
                budget: { trials: 0 }
                trainig: {}
                space:
                  lr: { logunifrom: [-5, 0] }
                  momentum: { uniform: [1, 0] }
                """;

        problem(create(broken), 422, "INVALID_STUDY")
                .body("errors.field", hasItem("name"))
                .body("errors.field", hasItem("objective.direction"))
                .body("errors.field", hasItem("budget.trials"))
                .body("errors.field", hasItem("training"))
                .body("errors.field", hasItem("trainig"))
                .body("errors.field", hasItem(startsWith("space.lr")))
                .body("errors.field", hasItem(startsWith("space.momentum")));
    }

    @Test
    void shouldNameTheSamplerThatDoesNotExistAndThePrunerThatIsNotThere() {
        problem(create(YAML.formatted(newName()).replace("type: hyperopt", "type: oracle")), 422, "INVALID_STUDY")
                .body("errors.field", hasItem("sampler.type"));
        problem(create(YAML.formatted(newName()) + "pruner: { type: asha }\n"), 422, "INVALID_STUDY")
                .body("errors.field", contains("pruner.type"));
    }

    @Test
    void shouldSayWhereYamlIsBroken() {
        problem(create("name: x\n  budget: [\n"), 400, "UNREADABLE_REQUEST").body("detail", containsString("line 2"));
        problem(create(""), 400, "UNREADABLE_REQUEST");
        problem(create("- a\n- b\n"), 400, "UNREADABLE_REQUEST");
        problem(create("name: a\nname: b\n"), 400, "UNREADABLE_REQUEST");
    }

    @Test
    void shouldPauseResumeAndStop() {
        String name = newName();
        create(YAML.formatted(name)).statusCode(201);

        given().post("/api/v1/studies/" + name + "/pause")
                .then()
                .statusCode(200)
                .body("state", is("PAUSED"));
        given().post("/api/v1/studies/" + name + "/resume")
                .then()
                .statusCode(200)
                .body("state", is("RUNNING"));
        given().post("/api/v1/studies/" + name + "/stop?now=yes").then().statusCode(400);
        given().post("/api/v1/studies/" + name + "/stop").then().statusCode(200).body("state", is("STOPPED"));
        given().post("/api/v1/studies/" + name + "/stop?now=true").then().statusCode(200);
        problem(given().post("/api/v1/studies/" + name + "/resume").then(), 409, "STUDY_ENDED");
        problem(given().post("/api/v1/studies/nothing/pause").then(), 404, "NOT_FOUND");
    }

    @Test
    void shouldEnqueueConfigurationsWithinTheBudget() {
        String name = newName();
        String id = create(YAML.formatted(name)).statusCode(201).extract().path("studyId");
        Map<String, Object> configuration = Map.of("lr", 0.1, "optimizer", "sgd");

        enqueue(name, List.of(configuration)).statusCode(201).body("trialIds", contains(id + ":0"));
        problem(enqueue(name, List.of(Map.of("lr", 0.1, "optimizer", "lion"))), 422, "INVALID_STUDY")
                .body("errors.field", contains(startsWith("enqueue[0].optimizer")));
        problem(enqueue(name, java.util.Collections.nCopies(5, configuration)), 409, "BUDGET_EXCEEDED");
        given().get("/api/v1/studies/" + name).then().body("trials.open", is(1));
    }

    @Test
    void shouldRefuseARetrainThatMakesNoSense() {
        String name = newName();
        create(YAML.formatted(name)).statusCode(201);
        String path = "/api/v1/studies/" + name + "/retrain";

        problem(given().post(path).then(), 409, "NOT_TRAINED");
        problem(
                given().contentType(ContentType.JSON)
                        .body(Map.of("trial", 3))
                        .post(path)
                        .then(),
                409,
                "NOT_TRAINED");
        problem(given().post("/api/v1/studies/nothing/retrain").then(), 404, "NOT_FOUND");
        problem(
                        given().contentType("application/yaml")
                                .body("{ trial: -1, epochs: 1.5, epoch: 2 }".getBytes(StandardCharsets.UTF_8))
                                .post(path)
                                .then(),
                        422,
                        "INVALID_RETRAIN")
                .body("errors.field", contains("epoch", "trial", "epochs"))
                .body("errors.message", hasItem("must be a whole number from 1 to 10000, got '1.5'"));
    }

    @Test
    void shouldDeleteAStudyAndTakeItsTrialsOutOfTheLedger() {
        String name = newName();
        String id = create(YAML.formatted(name)).statusCode(201).extract().path("studyId");
        Map<String, Object> configuration = Map.of("lr", 0.1, "optimizer", "sgd");
        enqueue(name, List.of(configuration, configuration)).statusCode(201);

        given().delete("/api/v1/studies/" + name)
                .then()
                .statusCode(200)
                .body("studyId", is(id), "state", is("DELETED"));

        problem(given().get("/api/v1/studies/" + id).then(), 404, "NOT_FOUND");
        problem(given().delete("/api/v1/studies/" + id).then(), 404, "NOT_FOUND");
        create(YAML.formatted(name)).statusCode(201).body("studyId", not(is(id)));
        await().until(() -> lastInLedger(id), is(Map.of(id + ":0", false, id + ":1", false)));
    }

    /** The keys of a study in the ledger, each with whether it still has a value. */
    private static Map<String, Boolean> lastInLedger(String studyId) {
        KafkaConnection connection = new KafkaConnection(Map.of(
                "bootstrap.servers", ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class)));
        Map<String, Boolean> last = new HashMap<>();
        try (EventPublisher publisher = new EventPublisher(connection, "test");
                TopicFollower ledger = new TopicFollower(
                        connection,
                        "test-ledger",
                        List.of(Topics.TRIAL_LEDGER),
                        new DeadLetters(publisher, "test", Clock.systemUTC()))) {
            ledger.readToEnd(received -> {
                if (received.record().key().startsWith(studyId + ":")) {
                    last.put(received.record().key(), !received.isTombstone());
                }
            });
        }
        return last;
    }

    @Test
    void shouldServeDemandAndHealthOnTheManagementPort() {
        create(YAML.formatted(newName())).statusCode(201);
        String base = URI.create(ConfigProvider.getConfig().getValue("test.management.url", String.class))
                .resolve("/")
                .toString();

        given().baseUri(base).get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().baseUri(base).get("/scaling/default").then().statusCode(200).body("pool", is("default"));
        given().baseUri(base).get("/scaling/nothing").then().statusCode(404);
        given().baseUri(base)
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("trialstream_trainers_wanted{pool=\"default\"}"));
    }

    @Test
    void shouldKeepItsInterface() throws IOException {
        String served = given().get("/q/openapi?format=yaml").asString();
        Path copy = Files.writeString(Path.of("target", "openapi.yaml"), served);

        assertThat(served)
                .as("a change of the interface is a change of openapi.yaml; the new one is in " + copy)
                .isEqualTo(Files.readString(Path.of("openapi.yaml")));
    }

    @Test
    void shouldAnswerWhatItDoesNotServeAsProblems() {
        problem(given().get("/api/v1/nothing").then(), 404, "NOT_FOUND");
        problem(given().delete("/api/v1/studies").then(), 405, "METHOD_NOT_ALLOWED");
        problem(
                given().contentType("text/csv")
                        .body("a,b".getBytes(StandardCharsets.UTF_8))
                        .post("/api/v1/studies")
                        .then(),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    private static ValidatableResponse dryRun(String yaml) {
        return given().contentType("application/yaml")
                .body(yaml.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/studies?dryRun=true")
                .then();
    }

    private static ValidatableResponse create(String yaml) {
        return given().contentType("application/yaml")
                .body(yaml.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/studies")
                .then();
    }

    private static ValidatableResponse create(String yaml, String idempotencyKey) {
        return given().contentType("application/yaml")
                .header("Idempotency-Key", idempotencyKey)
                .body(yaml.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/studies")
                .then();
    }

    private static ValidatableResponse enqueue(String study, List<?> configurations) {
        return given().contentType(ContentType.JSON)
                .body(configurations)
                .post("/api/v1/studies/" + study + "/enqueue")
                .then();
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("type", is("urn:trialstream:error:" + code), "status", is(status));
    }

    private static String newName() {
        return "study-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
