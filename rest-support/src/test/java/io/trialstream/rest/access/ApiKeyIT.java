package io.trialstream.rest.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.trialstream.rest.SlowSenders;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Access by API key, and by the sign-in page. */
@QuarkusTest
@TestProfile(ApiKeyIT.Keys.class)
class ApiKeyIT {
    private static final String VIEWER = "viewer-key-0123456789abcdef";
    private static final String OPERATOR = "operator-key-0123456789abcdef";

    @TestHTTPResource("/")
    URI orders;

    /** The hashes are those of {@code printf %s KEY | sha256sum}. */
    public static final class Keys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "trialstream.access.api-keys.vera.sha256",
                    "e8696546a189d6747007fe307ba9b090425c7b6f92b1f1bcca53c18ed7023446",
                    "trialstream.access.api-keys.oskar.sha256",
                    "7bcd8e32d283f04e211d701a5afe3a7b1d0b02124f75324ab9746c7feb71bd3b",
                    "trialstream.access.api-keys.oskar.role",
                    "operator");
        }
    }

    @Test
    void shouldAnswerNothingWithoutACredential() {
        for (String path : new String[] {"/orders?limit=1", "/nothing", "/", "/orders/17"}) {
            problem(given().get(path), 401, "UNAUTHORIZED").header("WWW-Authenticate", containsString("X-API-Key"));
        }
        problem(given().header("X-API-Key", "guessed").get("/orders?limit=1"), 401, "UNAUTHORIZED");
        problem(given().header("Authorization", "Bearer " + VIEWER).get("/orders?limit=1"), 401, "UNAUTHORIZED");
        problem(given().cookie("trialstream-session", "a.9999999999.b").get("/orders?limit=1"), 401, "UNAUTHORIZED");
        problem(given().contentType("application/json").body("{}").post("/orders"), 401, "UNAUTHORIZED");
    }

    @Test
    void shouldLetAViewerRead() {
        given().header("X-API-Key", VIEWER).get("/orders?limit=1").then().statusCode(200);
        problem(given().header("X-API-Key", VIEWER).get("/orders/17"), 404, "NOT_FOUND");
        problem(
                given().header("X-API-Key", VIEWER)
                        .contentType("application/json")
                        .body("{}")
                        .post("/orders"),
                403,
                "FORBIDDEN");
    }

    @Test
    void shouldLetAnOperatorCommand() {
        given().header("X-API-Key", OPERATOR).get("/orders?limit=1").then().statusCode(200);
        given().header("X-API-Key", OPERATOR)
                .contentType("application/json")
                .body("{\"item\": \"a\", \"pieces\": 1, \"lines\": []}")
                .post("/orders")
                .then()
                .statusCode(200);
    }

    @Test
    void shouldSendPagesToTheSignIn() {
        given().redirects()
                .follow(false)
                .accept("text/html")
                .get("/orders?limit=1")
                .then()
                .statusCode(302)
                .header("Location", is("/sign-in?to=%2Forders%3Flimit%3D1"));
        given().queryParam("to", "/orders?limit=1&x='")
                .get("/sign-in")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("name=\"to\" value=\"/orders?limit=1&amp;x='\""))
                .body(containsString("href=\"/sign-in/style.css\""))
                .body(not(containsString("<style")));
        given().get("/sign-in/style.css").then().statusCode(200).contentType("text/css");
    }

    @Test
    void shouldKnowABrowserByItsCookie() {
        given().redirects()
                .follow(false)
                .formParam("key", "guessed")
                .post("/sign-in")
                .then()
                .statusCode(401);

        Response signedIn = given().redirects()
                .follow(false)
                .formParam("key", VIEWER)
                .formParam("to", "/orders?limit=1")
                .post("/sign-in");

        signedIn.then()
                .statusCode(303)
                .header("Location", containsString("/orders?limit=1"))
                .header("Set-Cookie", containsString("HttpOnly"))
                .header("Set-Cookie", containsString("SameSite=Strict"));
        String cookie = signedIn.cookie("trialstream-session");
        given().cookie("trialstream-session", cookie)
                .get("/orders?limit=1")
                .then()
                .statusCode(200);
        problem(given().cookie("trialstream-session", cookie).post("/orders/waiting"), 403, "FORBIDDEN");
    }

    @Test
    void shouldNotSendABrowserElsewhere() {
        for (String to : new String[] {
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/x\r\nX-Evil: 1",
            "/\"><script>"
        }) {
            problem(given().queryParam("to", to).get("/sign-in"), 400, "INVALID_PARAMETER");
            for (String key : List.of(VIEWER, "guessed")) {
                problem(
                                given().redirects()
                                        .follow(false)
                                        .formParam("key", key)
                                        .formParam("to", to)
                                        .post("/sign-in"),
                                400,
                                "INVALID_PARAMETER")
                        .header("Location", nullValue())
                        .header("Set-Cookie", nullValue());
            }
        }
    }

    @Test
    void shouldServeCommandsWhileStrangersSendSlowly() throws IOException {
        // Given many times as many strangers as commands and sign-ins have places
        int strangers = 150;
        try (SlowSenders senders = SlowSenders.to(
                orders,
                strangers,
                "POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nkey=")) {
            // When, Then
            for (int i = 0; i < 5; i++) {
                assertThat(command()).isEqualTo(200);
                assertThat(given().redirects()
                                .follow(false)
                                .formParam("key", VIEWER)
                                .post("/sign-in")
                                .statusCode())
                        .isEqualTo(303);
            }
            assertThat(senders.waiting()).isEqualTo(strangers);
        }
    }

    @Test
    void shouldServeCommandsWhileOperatorsSendSlowly() throws IOException {
        try (SlowSenders senders = SlowSenders.to(
                orders,
                100,
                "POST /orders HTTP/1.1\r\nHost: localhost\r\n" + "X-API-Key: " + OPERATOR
                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")) {
            assertThat(command()).isEqualTo(200);
            assertThat(senders.waiting()).isEqualTo(100);
        }
    }

    @Test
    void shouldReadNothingOfWhomItDoesNotKnow() throws IOException {
        try (SlowSenders senders = SlowSenders.to(
                orders,
                1,
                "POST /orders HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")) {
            assertThat(senders.answer()).startsWith("HTTP/1.1 401");
        }
    }

    private static int command() {
        return given().header("X-API-Key", OPERATOR)
                .contentType("application/json")
                .body("{\"item\": \"a\", \"pieces\": 1, \"lines\": []}")
                .post("/orders")
                .statusCode();
    }

    private static ValidatableResponse problem(Response answer, int status, String code) {
        return answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", is("urn:trialstream:error:" + code));
    }
}
