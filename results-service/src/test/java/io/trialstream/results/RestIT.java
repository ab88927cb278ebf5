package io.trialstream.results;

import static io.restassured.RestAssured.given;
import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.testing.AStudy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The interface apart from what is read: errors, documents, health, metrics, and commands. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class RestIT {
    @Inject
    DataSource database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ParameterizedTest
    @CsvSource({
        "/api/v1/nothing, 404, NOT_FOUND",
        "/nothing, 404, NOT_FOUND",
        "/api/v1/studies/nobody, 404, NOT_FOUND",
        "/api/v1/studies/nobody/trials, 404, NOT_FOUND",
        "/api/v1/studies/nobody/leaderboard, 404, NOT_FOUND",
        "/api/v1/trials/nobody:1, 404, NOT_FOUND",
        "/api/v1/trials/nobody, 404, NOT_FOUND",
        "/api/v1/trials/nobody:1/curve, 404, NOT_FOUND",
    })
    void shouldAnswerWhatIsNotThere(String path, int status, String code) {
        problem(status, code, given().get(path));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/studies?pageSize=0, pageSize",
        "/api/v1/studies?pageSize=1001, pageSize",
        "/api/v1/studies?pageSize=many, pageSize",
        "/api/v1/studies?pageToken=!, pageToken",
        "/api/v1/studies?pageToken=YWJj, pageToken",
        "/api/v1/studies/nobody/leaderboard?limit=0, limit",
        "/api/v1/studies/nobody/leaderboard?order=sideways, order",
    })
    void shouldNameTheParameterThatIsWrong(String path, String parameter) {
        JsonPath problem = problem(
                400, "INVALID_PARAMETER", given().urlEncodingEnabled(false).get(path));

        assertThat(problem.getList("errors.field")).containsExactly(parameter);
    }

    @Test
    void shouldAnswerOtherMethodsAndMediaTypes() {
        problem(405, "METHOD_NOT_ALLOWED", given().delete("/api/v1/studies"));
        problem(406, "NOT_ACCEPTABLE", given().accept("image/png").get("/api/v1/studies"));
        problem(
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                given().contentType("text/csv").body("a").post("/api/v1/studies"));
    }

    @Test
    void shouldPassOnABodyThatSaysNothingOfItself() throws IOException, InterruptedException {
        try (Suggester suggester = new Suggester()) {
            suggester.answer(415, "application/problem+json", "{\"status\":415}", Map.of(), () -> {});

            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + RestAssured.port + "/api/v1/studies"))
                    .POST(HttpRequest.BodyPublishers.ofString("name: bare"))
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(415);
            assertThat(suggester.lastRequest()).startsWith("POST /api/v1/studies application/octet-stream");
        }
    }

    @Test
    void shouldSayThatTheSuggesterIsAway() {
        problem(
                503,
                "UNAVAILABLE",
                given().contentType("application/json").body("{}").post("/api/v1/studies"));
        problem(503, "UNAVAILABLE", given().post("/api/v1/studies/some/pause"));
    }

    @Test
    void shouldShowAndDeleteAStudyThatTheTopicsHaveLost() throws Exception {
        AStudy study = aStudy();
        String path = "/api/v1/studies/" + study.studyId();
        try (Suggester suggester = new Suggester();
                Broker broker = new Broker(bootstrapServers)) {
            // Given a study that the suggester does not know
            suggester.answer(404, "application/problem+json", "{\"status\":404}", Map.of(), () -> {});
            broker.publish(
                    study.running(),
                    aTrial(study, 0).proposed(),
                    aTrial(study, 0).completed("a", 0.5));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> broker.outcomes(study.studyId()).size() == 1);
            given().delete(path).then().statusCode(404);
            try (Connection connection = database.getConnection();
                    PreparedStatement lose =
                            connection.prepareStatement("update study set orphaned = true where study_id = ?")) {
                lose.setString(1, study.studyId());
                lose.executeUpdate();
            }

            // Then readers have it, and are told
            assertThat(given().get(path).jsonPath().getBoolean("orphaned")).isTrue();
            given().get(path + "/leaderboard").then().statusCode(200);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(management("/q/metrics").asString()).contains("trialstream_results_orphaned_studies 1.0");
                assertThat(management("/q/health/ready").asString())
                        .contains("studies that are in the database and not in the topics: 1");
            });
            assertThat(given().get("/api/v1/gaps").jsonPath().getList("items"))
                    .contains("studies that are in the database and not in the topics: 1");
            problem(409, "STUDY_ORPHANED", given().post(path + "/pause"));

            // When it is deleted
            assertThat(given().delete(path).jsonPath().getString("state")).isEqualTo("DELETED");

            // Then it is gone
            given().get(path).then().statusCode(404);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> broker.deletedOutcomes(study.studyId()).size() == 1);
        }
    }

    @Test
    void shouldPassCommandsOnAndTheirAnswersBack() throws IOException {
        AStudy study = aStudy();
        try (Suggester suggester = new Suggester();
                Broker broker = new Broker(bootstrapServers)) {
            // Given
            suggester.answer(
                    201,
                    "application/json",
                    "{\"studyId\": \"" + study.studyId() + "\", \"state\": \"RUNNING\", \"warnings\": ["
                            + "{\"field\": \"space.lr\", \"code\": \"SLIP\", \"message\": \"is hardly meant\"}]}",
                    Map.of("Location", "http://suggester:8081/api/v1/studies/" + study.studyId()),
                    () -> broker.publish(study.running()));

            // When
            Response created = given().contentType("application/json")
                    .header("Idempotency-Key", "key-1")
                    .body("{\"name\": \"a\"}")
                    .post("/api/v1/studies");

            // Then the study is there for readers as soon as the answer is
            Map<String, Object> read = given().get("/api/v1/studies/" + study.studyId())
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getMap("");
            assertThat(created.statusCode()).isEqualTo(201);
            // And the answer has its form, and what is hardly meant
            Map<String, Object> answered = created.jsonPath().getMap("");
            assertThat(answered.remove("warnings"))
                    .isEqualTo(List.of(Map.of("field", "space.lr", "code", "SLIP", "message", "is hardly meant")));
            assertThat(answered).isEqualTo(read).containsKeys("objective", "trials", "budget", "spec");
            assertThat(created.header("Location"))
                    .endsWith("/api/v1/studies/" + study.studyId())
                    .doesNotContain("suggester:8081");
            assertThat(created.jsonPath().getString("studyId")).isEqualTo(study.studyId());
            assertThat(suggester.lastRequest())
                    .isEqualTo("POST /api/v1/studies application/json key-1 {\"name\": \"a\"}");
        }
    }

    @Test
    void shouldAnswerCommandsToStudiesInTheFormOfEveryOtherAnswer() throws IOException {
        AStudy study = aStudy();
        try (Suggester suggester = new Suggester();
                Broker broker = new Broker(bootstrapServers)) {
            suggester.answer(
                    201,
                    "application/json",
                    "{\"studyId\": \"" + study.studyId() + "\", \"state\": \"RUNNING\","
                            + " \"objective\": {\"direction\": \"MAXIMIZE\"}, \"trials\": {\"open\": 0}}",
                    Map.of(),
                    () -> broker.publish(study.running()));

            Response created =
                    given().contentType("application/json").body("{}").post("/api/v1/studies");

            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.jsonPath().getMap(""))
                    .isEqualTo(given().get("/api/v1/studies/" + study.studyId())
                            .jsonPath()
                            .getMap(""));
            assertThat(created.jsonPath().getString("objective.direction")).isEqualTo("maximize");
            assertThat(created.jsonPath().getInt("trials.queued")).isZero();

            for (String verb : List.of("pause", "resume", "stop", "stop?now=true")) {
                Response commanded = given().post("/api/v1/studies/" + study.studyId() + "/" + verb);

                assertThat(commanded.jsonPath().getMap(""))
                        .as(verb)
                        .isEqualTo(created.jsonPath().getMap(""));
                assertThat(suggester.lastRequest())
                        .startsWith("POST /api/v1/studies/" + study.studyId() + "/" + verb + " ");
            }
        }
    }

    @Test
    void shouldPassADryRunOnAndItsAnswerBack() throws IOException {
        try (Suggester suggester = new Suggester()) {
            String preview = "{\"name\": \"a\", \"parameters\": 2, \"spec\": {}, \"warnings\": []}";
            suggester.answer(200, "application/json", preview, Map.of(), () -> {});

            Response answer = given().contentType("application/json")
                    .body("{\"name\": \"a\"}")
                    .post("/api/v1/studies?dryRun=true");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.asString()).isEqualTo(preview);
            assertThat(suggester.lastRequest())
                    .isEqualTo("POST /api/v1/studies?dryRun=true application/json null {\"name\": \"a\"}");
        }
    }

    @Test
    void shouldPassProblemsBackAsTheyAre() throws IOException {
        try (Suggester suggester = new Suggester()) {
            String problem =
                    "{\"type\":\"urn:trialstream:error:INVALID_STUDY\",\"status\":422,\"errors\":[{\"field\":\"space.lr\"}]}";
            suggester.answer(422, "application/problem+json", problem, Map.of(), () -> {});

            Response answer = given().urlEncodingEnabled(false)
                    .contentType("application/json")
                    .body("{}")
                    .post("/api/v1/studies/a%20b/enqueue");

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.asString()).isEqualTo(problem);
            assertThat(suggester.lastRequest()).startsWith("POST /api/v1/studies/a%20b/enqueue application/json");
        }
    }

    @Test
    void shouldPassADeletionOnAndShowTheStudyNoMore() throws IOException {
        AStudy study = aStudy();
        try (Suggester suggester = new Suggester();
                Broker broker = new Broker(bootstrapServers)) {
            broker.publish(study.running());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> given().get("/api/v1/studies/" + study.name()).statusCode() == 200);
            suggester.answer(
                    200,
                    "application/json",
                    "{\"studyId\": \"" + study.studyId() + "\", \"state\": \"DELETED\"}",
                    Map.of(),
                    () -> broker.publish(study.record(StudyState.DELETED, 2)));

            given().delete("/api/v1/studies/" + study.name()).then().statusCode(200);

            given().get("/api/v1/studies/" + study.name()).then().statusCode(404);
            assertThat(suggester.lastRequest()).startsWith("DELETE /api/v1/studies/" + study.name() + " ");
        }
    }

    @Test
    void shouldDescribeItself() {
        JsonPath document = given().get("/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        Map<String, Map<String, Map<String, Object>>> paths = document.getMap("paths");
        paths.forEach((path, methods) -> methods.values()
                .forEach(operation -> assertThat(operation).as(path).containsKey("summary")));
        assertThat(document.getString("components.responses.Problem.content.'application/problem+json'.schema.$ref"))
                .endsWith("ProblemDetail");
        given().get("/swagger-ui/").then().statusCode(200);
    }

    @Test
    void shouldKeepItsInterface() throws IOException {
        String served = given().get("/openapi?format=yaml").asString();
        Path copy = Files.writeString(Path.of("target", "openapi.yaml"), served);

        assertThat(served)
                .as("a change of the interface is a change of openapi.yaml; the new one is in " + copy)
                .isEqualTo(Files.readString(Path.of("openapi.yaml")));
    }

    @Test
    void shouldBeReadyAndCount() {
        AStudy study = aStudy();
        try (Broker broker = new Broker(bootstrapServers)) {
            broker.publish(
                    study.running(),
                    aTrial(study, 0).proposed(),
                    aTrial(study, 0).completed("a", 0.5));
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonPath health = management("/q/health/ready").jsonPath();
            assertThat(health.getString("status")).isEqualTo("UP");
            assertThat(health.getList("checks.name"))
                    .contains("ingest", "kafka")
                    .anyMatch(name -> name.toString().contains("Database"));
            assertThat(management("/q/metrics").asString())
                    .contains("trialstream_results_ingested_records_total{topic=\"trial-reports\"}")
                    .contains("trialstream_results_lag_records{topic=\"trial-ledger\"} 0.0")
                    .contains("trialstream_results_unpublished_outcomes 0.0");
        });
        given().get("/q/metrics").then().statusCode(404);
    }

    private Response management(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
        return given().port(port).get(path);
    }

    private static JsonPath problem(int status, String code, Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        assertThat(response.jsonPath().getString("type")).isEqualTo("urn:trialstream:error:" + code);
        return response.jsonPath();
    }

    /** An HTTP server at the suggester's address that gives one answer and remembers the request. */
    private static final class Suggester implements AutoCloseable {
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Servers.suggesterPort()), 0);
        private volatile String lastRequest;

        Suggester() throws IOException {
            server.start();
        }

        void answer(int status, String type, String body, Map<String, String> headers, Runnable effect) {
            server.createContext("/", exchange -> {
                lastRequest = String.join(
                        " ",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                effect.run();
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                headers.forEach(exchange.getResponseHeaders()::set);
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
        }

        String lastRequest() {
            return lastRequest;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
