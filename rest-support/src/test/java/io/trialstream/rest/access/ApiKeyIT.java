package io.trialstream.rest.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Access by API key, and by the sign-in page. */
@QuarkusTest
@TestProfile(ApiKeyIT.Keys.class)
class ApiKeyIT {
    private static final String VIEWER = "viewer-key-0123456789abcdef";
    private static final String OPERATOR = "operator-key-0123456789abcdef";

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
        given().get("/sign-in?to=/\"><script>")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("name=\"to\" value=\"/&quot;&gt;&lt;script&gt;\""));
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
        for (String to : new String[] {"//evil.example", "https://evil.example", "/\\evil.example"}) {
            given().redirects()
                    .follow(false)
                    .formParam("key", VIEWER)
                    .formParam("to", to)
                    .post("/sign-in")
                    .then()
                    .statusCode(303)
                    .header(
                            "Location",
                            is(given().redirects()
                                    .follow(false)
                                    .formParam("key", VIEWER)
                                    .post("/sign-in")
                                    .header("Location")));
        }
    }

    private static ValidatableResponse problem(Response answer, int status, String code) {
        return answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", is("urn:trialstream:error:" + code));
    }
}
