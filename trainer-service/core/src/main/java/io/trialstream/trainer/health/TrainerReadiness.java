package io.trialstream.trainer.health;

import io.trialstream.trainer.Trainer;
import io.trialstream.trainer.TrainerCondition;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the trainer takes trials: started, in touch with the broker, not draining, not stopped by a fault. */
@Readiness
final class TrainerReadiness implements HealthCheck {
    private final Trainer trainer;

    @Inject
    TrainerReadiness(Trainer trainer) {
        this.trainer = trainer;
    }

    @Override
    public HealthCheckResponse call() {
        TrainerCondition condition = trainer.condition();
        var response = HealthCheckResponse.named("trainer")
                .status(condition.isReady())
                .withData("state", condition.state().name())
                .withData("brokerAnswers", condition.hasBroker())
                .withData("queueAnswers", condition.queueAnswers())
                .withData("runs", condition.runs().size());
        condition.fault().ifPresent(fault -> response.withData("fault", fault.code() + ": " + fault.text()));
        return response.build();
    }
}
