package io.trialstream.suggester;

import io.trialstream.suggester.loop.SuggesterLoop;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while this suggester is in charge and its state is up to date. */
@Readiness
public class SuggesterHealth implements HealthCheck {
    private final SuggesterLoop loop;

    /** Asks this loop. */
    public SuggesterHealth(SuggesterLoop loop) {
        this.loop = loop;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("suggester in charge");
        return loop.fault()
                .map(fault -> response.withData("fault", fault).down())
                .orElseGet(response::up)
                .build();
    }
}
