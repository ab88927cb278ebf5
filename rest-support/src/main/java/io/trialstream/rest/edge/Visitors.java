package io.trialstream.rest.edge;

import io.trialstream.rest.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells requests that a person or a program sends from those that a foreign web page makes a browser send.
 *
 * <p>Over loopback every request must name this machine in {@code Host}: a page whose name was made to resolve to
 * 127.0.0.1 (DNS rebinding) names another. Browsers add {@code Origin} to what pages send elsewhere: over loopback a
 * foreign one is refused always, else where something would change.
 */
final class Visitors {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final List<String> hosts;
    private final List<String> origins;

    Visitors(List<String> hosts, List<String> origins) {
        this.hosts = hosts.stream().map(Visitors::lower).toList();
        this.origins = origins.stream().map(Visitors::lower).toList();
    }

    /** Those that the settings add. */
    static Visitors of(EdgeSettings settings) {
        return new Visitors(
                settings.hosts().orElse(List.of()), settings.origins().orElse(List.of()));
    }

    /** What the HTTP layer knows of a request; {@code authority} and {@code origin} are headers. */
    record Visit(boolean loopback, String method, Optional<String> authority, Optional<String> origin) {}

    Optional<ApiException> refusal(Visit visit) {
        if (visit.loopback() && !visit.authority().filter(this::isOurs).isPresent()) {
            return Optional.of(forbidden(
                    "HOST_NOT_ALLOWED",
                    "over loopback the Host header must name this machine, got '"
                            + visit.authority().orElse("") + "'"));
        }
        boolean matters = visit.loopback() || !SAFE.contains(visit.method());
        if (matters
                && visit.origin()
                        .filter(origin -> isForeign(origin, visit.authority()))
                        .isPresent()) {
            return Optional.of(forbidden(
                    "ORIGIN_NOT_ALLOWED", "pages of '" + visit.origin().orElse("") + "' may not send requests here"));
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
                .map(Visitors::lower)
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
