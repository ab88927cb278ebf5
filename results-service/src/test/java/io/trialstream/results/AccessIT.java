package io.trialstream.results;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The service with access control on. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
@TestProfile(AccessIT.Keys.class)
class AccessIT {
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
                    "operator",
                    "trialstream.access.service-key",
                    "the service's own key");
        }
    }

    @Test
    void shouldAnswerNothingButHealthWithoutACredential() {
        for (String path : List.of("/api/v1/studies", "/openapi", "/swagger-ui/", "/", "/nothing")) {
            assertThat(given().get(path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(given().post("/api/v1/studies/some/pause").statusCode()).isEqualTo(401);
        int management = ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
        given().port(management).get("/q/health/live").then().statusCode(200);
        given().port(management).get("/q/metrics").then().statusCode(200);
    }

    @Test
    void shouldPassTheCallersCredentialOn() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer suggester =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Servers.suggesterPort()), 0);
        suggester.createContext("/", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-API-Key")));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        suggester.start();
        try {
            // Given
            Response signedIn =
                    given().redirects().follow(false).formParam("key", OPERATOR).post("/sign-in");

            // When
            assertThat(pause(Map.of("X-API-Key", VIEWER))).isEqualTo(403);
            assertThat(pause(Map.of("X-API-Key", OPERATOR))).isEqualTo(200);
            assertThat(pause(Map.of("Cookie", "trialstream-session=" + signedIn.cookie("trialstream-session"))))
                    .isEqualTo(200);

            // Then
            assertThat(seen).containsExactly(OPERATOR, "the service's own key");
        } finally {
            suggester.stop(0);
        }
    }

    private static int pause(Map<String, String> headers) {
        return given().headers(headers).post("/api/v1/studies/some/pause").statusCode();
    }
}
