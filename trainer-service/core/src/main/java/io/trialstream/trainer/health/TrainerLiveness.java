package io.trialstream.trainer.health;

import io.trialstream.trainer.Trainer;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while all threads work. A broker that is away and a trial that takes long are no reasons for a restart. */
@Liveness
final class TrainerLiveness implements HealthCheck {
    private final Trainer trainer;

    @Inject
    TrainerLiveness(Trainer trainer) {
        this.trainer = trainer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("trainer-threads")
                .status(trainer.condition().isAlive())
                .build();
    }
}
