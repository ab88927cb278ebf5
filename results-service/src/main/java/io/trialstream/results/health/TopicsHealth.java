package io.trialstream.results.health;

import io.trialstream.results.gaps.TopicGaps;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Shows data that the topics or the database have lost. Readers are served all the same, so the check is always up. */
@Readiness
@ApplicationScoped
class TopicsHealth implements HealthCheck {
    private final TopicGaps gaps;

    TopicsHealth(TopicGaps gaps) {
        this.gaps = gaps;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("topics").up();
        List<String> told = gaps.told();
        for (int i = 0; i < told.size(); i++) {
            answer.withData("gap-" + (i + 1), told.get(i));
        }
        return answer.build();
    }
}
