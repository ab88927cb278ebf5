package io.trialstream.rest.edge;

import io.trialstream.rest.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses requests that a foreign web page makes a browser send.
 *
 * <p>Over loopback every request must name this machine in {@code Host}: a page whose name resolves to 127.0.0.1 (DNS
 * rebinding) names another host. Browsers send {@code Origin} with cross-origin requests: over loopback a foreign origin
 * is always refused, elsewhere only for methods that change something.
 */
final class OriginGuard {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final List<String> hosts;
    private final List<String> origins;

    OriginGuard(List<String> hosts, List<String> origins) {
        this.hosts = hosts.stream().map(OriginGuard::lower).toList();
        this.origins = origins.stream().map(OriginGuard::lower).toList();
    }

    /** Also allows the hosts and origins in the settings. */
    static OriginGuard of(EdgeSettings settings) {
        return new OriginGuard(
                settings.hosts().orElse(List.of()), settings.origins().orElse(List.of()));
    }

    /** Where a request comes from; {@code authority} and {@code origin} are headers. */
    record RequestOrigin(boolean loopback, String method, Optional<String> authority, Optional<String> origin) {}

    Optional<ApiException> refusal(RequestOrigin request) {
        if (request.loopback() && !request.authority().filter(this::isOurs).isPresent()) {
            return Optional.of(forbidden(
                    "HOST_NOT_ALLOWED",
                    "over loopback the Host header must name this machine, got '"
                            + request.authority().orElse("") + "'"));
        }
        boolean matters = request.loopback() || !SAFE.contains(request.method());
        if (matters
                && request.origin()
                        .filter(origin -> isForeign(origin, request.authority()))
                        .isPresent()) {
            return Optional.of(forbidden(
                    "ORIGIN_NOT_ALLOWED", "pages of '" + request.origin().orElse("") + "' may not send requests here"));
        }
        return Optional.empty();
    }

    private boolean isOurs(String authority) {
        String host = hostOf(lower(authority));
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("[::1]")
                || hosts.contains("*")
                || hosts.contains(host);
    }

    /** The scheme is left out: a proxy in front may have ended TLS. */
    private boolean isForeign(String origin, Optional<String> authority) {
        String plain = lower(origin);
        boolean own = authority
                .map(OriginGuard::lower)
                .filter(host -> plain.equals("http://" + host) || plain.equals("https://" + host))
                .isPresent();
        return !own && !origins.contains(plain);
    }

    private static String hostOf(String authority) {
        return authority.replaceFirst(":\\d*$", "");
    }

    private static ApiException forbidden(String code, String detail) {
        return new ApiException(403, code, "The request is not allowed", detail, List.of());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
