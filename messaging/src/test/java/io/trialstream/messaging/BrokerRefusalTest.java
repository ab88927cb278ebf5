package io.trialstream.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class BrokerRefusalTest {

    @Test
    void shouldFindRefusedCredentialsBelowOtherFailures() {
        Throwable failure =
                new CompletionException(new KafkaException(new SaslAuthenticationException("bad password")));

        assertThat(BrokerRefusal.in(failure)).hasValueSatisfying(reason -> assertThat(reason)
                .contains("refuses this client", "bad password", "sasl.*"));
    }

    @Test
    void shouldTellMissingRightsFromWrongCredentials() {
        assertThat(BrokerRefusal.in(new TopicAuthorizationException(Set.of("studies"))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("denies", "studies", "ACLs"));
    }

    @Test
    void shouldNotTakeABrokerThatIsAwayForARefusal() {
        assertThat(BrokerRefusal.in(new KafkaException(new TimeoutException("timed out"))))
                .isEmpty();
    }
}
