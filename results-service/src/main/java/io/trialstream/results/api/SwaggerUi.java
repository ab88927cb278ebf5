package io.trialstream.results.api;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The page that shows the OpenAPI document, whose files lie under {@code META-INF/resources/swagger-ui}. */
@ApplicationScoped
public class SwaggerUi {
    private static final int SEE_OTHER = 303;

    void register(@Observes Router router) {
        router.get("/swagger-ui").handler(context -> {
            if (context.normalizedPath().endsWith("/")) {
                context.next();
            } else {
                context.response()
                        .setStatusCode(SEE_OTHER)
                        .putHeader("Location", "/swagger-ui/")
                        .end();
            }
        });
    }
}
