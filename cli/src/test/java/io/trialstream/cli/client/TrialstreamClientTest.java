package io.trialstream.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrialstreamClientTest {
    private static final String STUDY =
            """
            {"studyId":"6f1c2a","name":"demo","state":"RUNNING","objective":{"metric":"fine_accuracy","direction":"maximize"},
             "budget":{"trials":8},
             "trials":{"queued":1,"running":2,"completed":3,"pruned":0,"infeasible":1,"failed":0,"cancelled":0},
             "best":{"trialId":"6f1c2a:2","number":2,"objective":0.0713},"createdAt":"2026-11-23T10:00:00Z"}""";

    private final Map<String, String> answers = new HashMap<>();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> keys = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private TrialstreamClient client;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = new TrialstreamClient("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void shouldSayOfARetrainOnlyWhatItsUserSaid() {
        answers.put(
                "POST /api/v1/studies/demo/retrain",
                "{\"trialId\":\"6f1c2a:8\",\"retrainOf\":\"6f1c2a:2\",\"epochs\":9}");

        client.retrain("demo", Optional.empty(), Optional.empty());
        assertThat(client.retrain("demo", Optional.of(2), Optional.of(9))
                        .path("trialId")
                        .asText())
                .isEqualTo("6f1c2a:8");

        assertThat(bodies).containsExactly("{}", "{\"trial\":2,\"epochs\":9}");
    }

    @Test
    void shouldReadAStudy() {
        answers.put("GET /api/v1/studies/demo", STUDY);

        StudyView study = client.study("demo");

        assertThat(study.studyId()).isEqualTo("6f1c2a");
        assertThat(study.finished()).isEqualTo(4);
        assertThat(study.unfinished()).isEqualTo(3);
        assertThat(study.budget()).hasValue(8);
        assertThat(study.best()).contains(new StudyView.Best(2, 0.0713));
        assertThat(study.isEnded()).isFalse();
    }

    @Test
    void shouldSendAStudyFileAsItIsWithAKeyAgainstDoubles() {
        answers.put("POST /api/v1/studies", STUDY);

        client.createStudy("name: demo # größer\n", "application/yaml");

        assertThat(requests)
                .singleElement()
                .asString()
                .contains("Content-Type=application/yaml")
                .containsPattern("Idempotency-Key=[0-9a-f-]{36}");
        assertThat(bodies).containsExactly("name: demo # größer\n");
    }

    @Test
    void shouldSendFilesToImportAsTheyAre() {
        answers.put("POST /api/v1/studies/demo/import", "{\"imported\":1,\"known\":0,\"skipped\":0,\"lines\":[]}");

        assertThat(client.importTrials("demo", "{}\n".getBytes(StandardCharsets.UTF_8), "application/x-ndjson")
                        .path("imported")
                        .asInt())
                .isEqualTo(1);
        assertThat(requests).singleElement().asString().contains("Content-Type=application/x-ndjson");
        assertThat(bodies).containsExactly("{}\n");
    }

    @Test
    void shouldShowItsApiKey() {
        answers.put("GET /api/v1/studies/demo", STUDY);

        new TrialstreamClient(client.origin(), Optional.of("a key")).study("demo");
        client.study("demo");

        assertThat(keys).containsExactly("a key", "null");
    }

    @Test
    void shouldReadAllPages() {
        answers.put(
                "GET /api/v1/studies?pageSize=200",
                "{\"items\":[" + STUDY + "," + STUDY + "],\"nextPageToken\":\"a b\"}");
        answers.put("GET /api/v1/studies?pageSize=200&pageToken=a%20b", "{\"items\":[" + STUDY + "]}");

        assertThat(client.studies()).extracting(StudyView::name).containsExactly("demo", "demo", "demo");
    }

    @Test
    void shouldReadTheLeaderboardsTrials() {
        answers.put(
                "GET /api/v1/studies/demo/leaderboard?limit=5",
                "{\"items\":[{\"rank\":1,\"trial\":" + trial(4) + "}]}");

        assertThat(client.leaderboard("demo", 5)).singleElement().satisfies(best -> {
            assertThat(best.trialId()).isEqualTo("6f1c2a:4");
            assertThat(best.objective()).hasValue(0.5);
            assertThat(best.training()).contains(Duration.ofMillis(12_300));
            assertThat(best.origin()).isEqualTo("MODEL");
        });
    }

    @Test
    void shouldNotLetANameEscapeThePath() {
        answers.put("GET /api/v1/studies/..%2F..%2Fx%3Fy", STUDY);

        assertThat(client.study("../../x?y").name()).isEqualTo("demo");
    }

    @Test
    void shouldTellWhyTheServerRefuses() {
        answers.put(
                "POST /api/v1/studies",
                "422 {\"title\":\"The study file is not valid\",\"status\":422,"
                        + "\"detail\":\"1 field is wrong\",\"errors\":[{\"field\":\"space.lr\",\"code\":\"BOUNDS\",\"message\":\"low >= high\"}]}");

        assertThatThrownBy(() -> client.createStudy("name: x", "application/yaml"))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                                refused.problem().errors())
                        .containsExactly(new Problem.FieldError("space.lr", "BOUNDS", "low >= high")));
    }

    @Test
    void shouldSurviveAnErrorThatIsNoJson() {
        answers.put("GET /api/v1/studies/demo", "502 <html>bad gateway</html>");

        assertThatThrownBy(() -> client.study("demo"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(502));
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        server.stop(0);

        assertThatThrownBy(() -> client.study("demo"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining(client.origin());
    }

    private static String trial(int number) {
        return "{\"trialId\":\"6f1c2a:" + number + "\",\"number\":" + number
                + ",\"state\":\"COMPLETED\",\"origin\":\"MODEL\","
                + "\"objective\":0.5,\"epochs\":4,\"trainingSeconds\":12.3,\"configuration\":{\"lr\":0.1}}";
    }

    /** Answers what was agreed for the request line: a status before the body where it is not 200. */
    private void answer(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(line + " Content-Type=" + exchange.getRequestHeaders().getFirst("Content-Type")
                + " Idempotency-Key=" + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-API-Key")));
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String agreed = answers.getOrDefault(line, "404 {\"title\":\"not agreed\"}");
        boolean error = agreed.matches("(?s)\\d{3} .*");
        byte[] body = (error ? agreed.substring(4) : agreed).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(error ? Integer.parseInt(agreed.substring(0, 3)) : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
