package io.trialstream.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.rest.ApiException;
import io.trialstream.rest.edge.OriginGuard.RequestOrigin;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginGuardTest {
    private final OriginGuard originGuard =
            new OriginGuard(List.of("search.example"), List.of("https://tools.example"));

    @ParameterizedTest
    @CsvSource({
        "true, GET, localhost:8080,",
        "true, POST, 127.0.0.1:8080, http://127.0.0.1:8080",
        "true, POST, LOCALHOST, https://localhost",
        "true, GET, [::1]:8080,",
        "true, GET, [::1],",
        "true, GET, search.example,",
        "true, POST, localhost:8080, https://tools.example",
        "false, POST, any.example,",
        "false, POST, any.example, https://any.example",
        "false, GET, any.example, https://evil.example",
        "false, GET,,",
    })
    void shouldAdmit(boolean loopback, String method, String authority, String origin) {
        assertThat(originGuard.refusal(request(loopback, method, authority, origin)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, GET, evil.example:8080,, HOST_NOT_ALLOWED",
        "true, GET, 127.0.0.1.evil.example,, HOST_NOT_ALLOWED",
        "true, GET,,, HOST_NOT_ALLOWED",
        "true, GET, localhost:8080, http://evil.example, ORIGIN_NOT_ALLOWED",
        "true, POST, localhost:8080, null, ORIGIN_NOT_ALLOWED",
        "true, POST, localhost:8080, http://localhost:9090, ORIGIN_NOT_ALLOWED",
        "false, POST, any.example, https://evil.example, ORIGIN_NOT_ALLOWED",
        "false, DELETE, any.example, https://any.example.evil, ORIGIN_NOT_ALLOWED",
    })
    void shouldTurnAway(boolean loopback, String method, String authority, String origin, String code) {
        assertThat(originGuard
                        .refusal(request(loopback, method, authority, origin))
                        .map(ApiException::code))
                .contains(code);
    }

    private static RequestOrigin request(boolean loopback, String method, String authority, String origin) {
        return new RequestOrigin(loopback, method, Optional.ofNullable(authority), Optional.ofNullable(origin));
    }
}
