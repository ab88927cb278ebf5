package io.trialstream.rest.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.trialstream.rest.ApiException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns away what must not reach a resource, before anything else is done with the request. */
@ApplicationScoped
class RequestGate {
    /** Before CORS (300) and authentication (200). */
    private static final int PRIORITY = 400;

    private final Refusals refusals;
    private final OriginGuard originGuard;
    private final BodyLimits limits;

    RequestGate(EdgeSettings settings, Refusals refusals) {
        this.refusals = refusals;
        this.originGuard = OriginGuard.of(settings);
        this.limits = new BodyLimits(settings);
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, PRIORITY);
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.exceptionHandler(failure -> refusals.unreadable(context));
        Optional<ApiException> tooLarge = limits.refusal(request.path(), announced(request));
        Optional<ApiException> refusal =
                originGuard.refusal(RequestOrigins.of(request)).or(() -> nul(request.uri()));
        if (refusal.isPresent()) {
            refusals.refuse(context, refusal.get());
        } else if (tooLarge.isPresent()) {
            refusals.cutOff(context, tooLarge.get());
        } else {
            context.next();
        }
    }

    /** No name has a NUL in it, and no database stores one. */
    private static Optional<ApiException> nul(String uri) {
        return uri.contains("%00") || uri.indexOf('\0') >= 0
                ? Optional.of(ApiException.unreadable("the address must not contain the character NUL"))
                : Optional.empty();
    }

    private static OptionalLong announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
        } catch (NumberFormatException e) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
    }
}
