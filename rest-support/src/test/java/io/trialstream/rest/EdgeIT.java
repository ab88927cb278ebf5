package io.trialstream.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** What is decided before a request reaches a resource. */
@QuarkusTest
class EdgeIT {
    private static final int COMMANDS_AT_ONCE = 4;

    @TestHTTPResource("/orders")
    URI orders;

    @Test
    void shouldSendSecurityHeadersWithEveryAnswer() {
        for (String path : List.of("/orders?limit=1", "/orders/17", "/nothing")) {
            given().get(path)
                    .then()
                    .header("X-Content-Type-Options", is("nosniff"))
                    .header("X-Frame-Options", is("DENY"))
                    .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
        }
    }

    @Test
    void shouldAllowNoOtherOriginToReadAnswers() {
        given().header("Origin", "https://tools.example")
                .get("/orders?limit=1")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void shouldTurnAwayForeignPages() {
        problem(
                given().header("Origin", "https://evil.example")
                        .get("/orders?limit=1")
                        .then(),
                403,
                "ORIGIN_NOT_ALLOWED");
        problem(
                given().header("Host", "evil.example:" + orders.getPort())
                        .get("/orders?limit=1")
                        .then(),
                403,
                "HOST_NOT_ALLOWED");
    }

    @Test
    void shouldRefuseABodyOfUnknownLengthOnceItIsTooLarge() throws Exception {
        byte[] large = ("a: " + "x".repeat(400_000)).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(orders + "/tree"))
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build();

        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains(ProblemDetail.MEDIA_TYPE);
    }

    @Test
    void shouldServeClientsThatOfferHttp2() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(orders + "/tree"))
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString("a: 1"))
                .build();

        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .build()
                .send(request, BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void shouldRefuseAnnouncedLengthsWithoutReadingThem() throws IOException {
        String answer = raw("POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 99999999\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:trialstream:error:TOO_LARGE");
    }

    @Test
    void shouldServeOnlySoManyCommandsAtOnce() throws Exception {
        // Given as many as there may be
        ExecutorService clients = Executors.newFixedThreadPool(COMMANDS_AT_ONCE);
        List<Future<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < COMMANDS_AT_ONCE; i++) {
            waiting.add(clients.submit(() -> given().post("/orders/waiting").statusCode()));
        }
        await().until(() -> Orders.waiting() == COMMANDS_AT_ONCE);

        // When, Then
        problem(given().post("/orders/waiting").then(), 429, "TOO_MANY_REQUESTS")
                .header("Retry-After", is("1"));
        given().get("/orders?limit=1").then().statusCode(200);

        Orders.open();
        for (Future<Integer> command : waiting) {
            assertThat(command.get()).isEqualTo(204);
        }
        clients.shutdown();
        given().post("/orders/waiting").then().statusCode(204);
    }

    @Test
    void shouldRefuseBrokenChunksWithoutAWordInTheLog() throws IOException {
        try (LogLines log = LogLines.begin()) {
            for (String body : List.of("zz\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n-1\r\n", "fffffffffff\r\n")) {
                String answer = raw("POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + body);

                assertThat(answer)
                        .as(body)
                        .startsWith("HTTP/1.1 400")
                        .contains("urn:trialstream:error:UNREADABLE_REQUEST");
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void shouldNotWaitForeverForABody() throws IOException {
        String answer = raw("POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("urn:trialstream:error:REQUEST_TIMEOUT");
    }

    @Test
    void shouldServeCommandsWhileOthersSendSlowly() throws IOException {
        try (SlowSenders senders = SlowSenders.to(
                orders,
                100,
                "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")) {
            given().contentType("application/json")
                    .body("{\"item\": \"a\", \"pieces\": 1, \"lines\": []}")
                    .post("/orders")
                    .then()
                    .statusCode(200);
            assertThat(senders.waiting()).isEqualTo(100);
        }
    }

    @Test
    void shouldGuardTheManagementPortToo() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
        String own = "localhost:" + port;

        given().port(port).header("Host", own).get("/q/nothing").then().statusCode(404);
        problem(
                given().port(port)
                        .header("Host", "evil.example")
                        .get("/q/nothing")
                        .then(),
                403,
                "HOST_NOT_ALLOWED");
        problem(
                        given().port(port)
                                .header("Host", own)
                                .header("Origin", "https://evil.example")
                                .get("/q/nothing")
                                .then(),
                        403,
                        "ORIGIN_NOT_ALLOWED")
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void shouldRefuseAddressesThatNothingCanHave() throws IOException {
        problem(given().urlEncodingEnabled(false).get("/orders/%00").then(), 400, "UNREADABLE_REQUEST");
        problem(given().urlEncodingEnabled(false).get("/orders?limit=%00").then(), 400, "UNREADABLE_REQUEST");
        assertThat(raw("GET /orders/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .as("the server's own answer, before any filter")
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Exception");
    }

    @Test
    void shouldSayWhichMethodsAreAllowed() {
        problem(given().delete("/orders").then(), 405, "METHOD_NOT_ALLOWED").header("Allow", containsString("GET"));
    }

    /** Sends this text and reads until the connection ends. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", orders.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
        return answer.statusCode(status)
                .contentType(ProblemDetail.MEDIA_TYPE)
                .body("type", is("urn:trialstream:error:" + code));
    }
}
