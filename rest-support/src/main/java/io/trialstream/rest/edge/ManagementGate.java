package io.trialstream.rest.edge;

import io.quarkus.vertx.http.ManagementInterface;
import io.trialstream.rest.ApiException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * The same for the management port, where health and metrics are: no page may read them through a visitor's browser,
 * whether by a name that was made to resolve to this machine or as another origin.
 */
@ApplicationScoped
class ManagementGate {
    private final Refusals refusals;
    private final OriginGuard originGuard;

    ManagementGate(EdgeSettings settings, Refusals refusals) {
        this.refusals = refusals;
        this.originGuard = OriginGuard.of(settings);
    }

    void register(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(this::admit);
    }

    private void admit(RoutingContext context) {
        Optional<ApiException> refusal = originGuard.refusal(RequestOrigins.of(context.request()));
        // The framework lets all origins read here.
        context.response().headers().remove("Access-Control-Allow-Origin");
        if (refusal.isPresent()) {
            refusals.refuse(context, refusal.get());
        } else {
            context.next();
        }
    }
}
