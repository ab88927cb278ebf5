package io.trialstream.messaging;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Tells a broker that refuses this client from one that is away: no retry helps before somebody changes something. */
public final class BrokerRefusal {
    private BrokerRefusal() {}

    /** In words for an operator, why the broker refuses this client; empty if the failure has another cause. */
    public static Optional<String> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException) {
                return Optional.of("the broker refuses this client: " + cause.getMessage()
                        + "; check security.protocol, sasl.* and ssl.* in the Kafka settings");
            }
            if (cause instanceof AuthorizationException) {
                return Optional.of(
                        "the broker denies this client access: " + cause.getMessage() + "; check the ACLs of its user");
            }
        }
        return Optional.empty();
    }
}
