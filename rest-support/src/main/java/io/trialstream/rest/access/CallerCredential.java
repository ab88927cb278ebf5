package io.trialstream.rest.access;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * The credential of whoever sent the present request, to be passed on to another service: the API key or token of its
 * header, the token of a browser that signed in at the issuer, or else this service's own key.
 */
@ApplicationScoped
public class CallerCredential {
    private final AccessSettings settings;
    private final AccessControl access;
    private final CurrentVertxRequest current;
    private final SecurityIdentity caller;

    CallerCredential(
            AccessSettings settings, AccessControl access, CurrentVertxRequest current, SecurityIdentity caller) {
        this.settings = settings;
        this.access = access;
        this.current = current;
        this.caller = caller;
    }

    /** The headers that carry it; none while access control is off. */
    public Map<String, String> headers() {
        if (!access.isOn()) {
            return Map.of();
        }
        HttpServerRequest request = current.getCurrent().request();
        return header(request, ApiKeyMechanism.HEADER)
                .or(() -> header(request, "Authorization"))
                .or(this::token)
                .or(() -> settings.serviceKey().map(key -> Map.of(ApiKeyMechanism.HEADER, key)))
                .orElse(Map.of());
    }

    private static Optional<Map<String, String>> header(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).map(value -> Map.of(name, value));
    }

    private Optional<Map<String, String>> token() {
        return Optional.ofNullable(caller.getCredential(AccessTokenCredential.class))
                .map(credential -> Map.of("Authorization", "Bearer " + credential.getToken()));
    }
}
