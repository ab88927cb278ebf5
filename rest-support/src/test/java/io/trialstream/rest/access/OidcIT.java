package io.trialstream.rest.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Access by tokens of an issuer, and a browser's way through it. */
@QuarkusTest
@TestProfile(OidcIT.WithIssuer.class)
class OidcIT {
    @TestHTTPResource("/orders?limit=1")
    URI orders;

    /** Starts the issuer for this class alone. */
    public static final class WithIssuer implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Issuer.class));
        }
    }

    @Test
    void shouldAcceptTheIssuersTokensByTheirRoles() {
        bearer(Issuer.token("viewer")).get("/orders?limit=1").then().statusCode(200);
        bearer(Issuer.token("operator")).post("/orders/tree").then().statusCode(415);
        problem(bearer(Issuer.token("viewer")).post("/orders/tree"), 403, "FORBIDDEN");
        problem(bearer(Issuer.token("visitor")).get("/orders?limit=1"), 403, "FORBIDDEN");
    }

    @Test
    void shouldAcceptNothingElse() {
        problem(given().get("/orders?limit=1"), 401, "UNAUTHORIZED")
                .header("WWW-Authenticate", containsString("Bearer"));
        problem(bearer("nonsense").get("/orders?limit=1"), 401, "UNAUTHORIZED");
        problem(bearer(Issuer.expiredToken()).get("/orders?limit=1"), 401, "UNAUTHORIZED");
        problem(
                bearer(Issuer.token("operator", Issuer.newKeys(), Issuer.CLIENT))
                        .get("/orders?limit=1"),
                401,
                "UNAUTHORIZED");
    }

    @Test
    void shouldSignABrowserInWithASameSiteCookie() throws Exception {
        CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        HttpRequest page = HttpRequest.newBuilder(orders)
                .header("Accept", "text/html, application/json")
                .build();

        HttpResponse<String> answer = browser.send(page, BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("limit");
        HttpCookie session = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().startsWith("q_session"))
                .findFirst()
                .orElseThrow();
        assertThat(session.isHttpOnly()).isTrue();
        // Then the session reads, and commands need the role
        HttpRequest program = HttpRequest.newBuilder(orders)
                .header("Accept", "application/json")
                .build();
        assertThat(browser.send(program, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        HttpRequest command = HttpRequest.newBuilder(orders.resolve("/orders/tree"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(browser.send(command, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static ValidatableResponse problem(Response answer, int status, String code) {
        return answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", is("urn:trialstream:error:" + code));
    }
}
