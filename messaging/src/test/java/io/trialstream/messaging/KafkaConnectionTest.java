package io.trialstream.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
    private static final Map<String, Object> SECURED = Map.of(
            "bootstrap.servers", "broker:9093",
            "security.protocol", "SASL_SSL",
            "sasl.jaas.config", "PlainLoginModule required password=\"secret\";",
            "group.id", "results");

    @Test
    void shouldGiveItsSettingsToEveryClientExceptTheGroup() {
        assertThat(new KafkaConnection(SECURED).common())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsKey("sasl.jaas.config")
                .doesNotContainKey("group.id");
    }

    @Test
    void shouldNotPrintPasswords() {
        assertThat(new KafkaConnection(SECURED)).hasToString("KafkaConnection[broker:9093]");
    }

    @Test
    void shouldRefuseSettingsWithoutAnAddress() {
        assertThatThrownBy(() -> new KafkaConnection(Map.of("security.protocol", "SSL")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bootstrap.servers must not be blank");
    }
}
