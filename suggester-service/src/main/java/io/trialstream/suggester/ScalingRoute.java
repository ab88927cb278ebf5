package io.trialstream.suggester;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.ManagementInterface;
import io.trialstream.suggester.command.StudyCommands;
import io.trialstream.suggester.config.SuggesterSettings;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletionException;

/**
 * What autoscalers read on the management port: {@code GET /scaling/{pool}} answers {@code {"wanted": n}}, the gauge
 * {@code trialstream_trainers_wanted{pool}} says the same.
 */
@ApplicationScoped
public class ScalingRoute {
    private final StudyCommands studies;
    private final SuggesterSettings settings;

    /** Demand is asked of the suggester's loop. */
    public ScalingRoute(StudyCommands studies, SuggesterSettings settings, MeterRegistry meters) {
        this.studies = studies;
        this.settings = settings;
        settings.pools().forEach(pool -> Gauge.builder("trialstream.trainers.wanted", () -> wantedOrNaN(pool))
                .description("Trainers that the pool could use")
                .tag("pool", pool)
                .strongReference(true)
                .register(meters));
    }

    void register(@Observes ManagementInterface management) {
        management.router().get("/scaling/:pool").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        String pool = context.pathParam("pool");
        if (!settings.pools().contains(pool)) {
            respond(context, 404, new JsonObject().put("error", "there is no pool '" + pool + "'"));
            return;
        }
        studies.wanted(pool).whenComplete((wanted, failure) -> {
            if (failure == null) {
                respond(context, 200, new JsonObject().put("pool", pool).put("wanted", wanted));
            } else {
                respond(context, 503, new JsonObject().put("error", failure.getMessage()));
            }
        });
    }

    private static void respond(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body.encode());
    }

    private double wantedOrNaN(String pool) {
        try {
            return studies.wanted(pool).join();
        } catch (CompletionException e) {
            return Double.NaN;
        }
    }
}
