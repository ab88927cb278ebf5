package io.trialstream.results.health;

import io.trialstream.results.ingest.IngestState;
import io.trialstream.results.ingest.IngestStatus;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the ingest has caught up and runs. */
@Readiness
@ApplicationScoped
class IngestReadiness implements HealthCheck {
    private final IngestStatus status;

    IngestReadiness(IngestStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        IngestState state = status.state();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("ingest").status(state.isReady()).withData("state", state.name());
        state.problem().ifPresent(problem -> answer.withData("reason", problem));
        return answer.build();
    }
}
