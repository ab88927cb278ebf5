package io.trialstream.results.health;

import io.trialstream.messaging.BrokerRefusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the broker answers. */
@Readiness
@ApplicationScoped
class BrokerReadiness implements HealthCheck {
    private static final long TIMEOUT_SECONDS = 3;

    private final Admin admin;

    BrokerReadiness(Admin admin) {
        this.admin = admin;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            String cluster = admin.describeCluster().clusterId().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return HealthCheckResponse.named("kafka")
                    .up()
                    .withData("clusterId", cluster)
                    .build();
        } catch (ExecutionException | TimeoutException e) {
            return HealthCheckResponse.named("kafka")
                    .down()
                    .withData("reason", BrokerRefusal.in(e).orElse("the broker does not answer"))
                    .build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HealthCheckResponse.named("kafka").down().build();
        }
    }
}
