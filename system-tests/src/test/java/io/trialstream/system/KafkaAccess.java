package io.trialstream.system;

import io.trialstream.infrastructure.BrokerSecurity;
import io.trialstream.messaging.KafkaConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * How the processes of a cluster reach its broker: anybody, or over TLS each as a user of its own.
 *
 * @param bootstrapServers the broker
 * @param security what the broker demands; empty where it demands nothing
 */
record KafkaAccess(String bootstrapServers, Optional<BrokerSecurity> security) {

    /** The user who may do anything. */
    static final String ADMINISTRATOR = "administrator";

    /** The broker's settings that differ from those of an open one. */
    Map<String, String> brokerSettings() {
        return security.map(KafkaAccess::restricted).orElse(Map.of());
    }

    /** Nobody may do what was not granted, but for the broker, its controller and the administrator. */
    private static Map<String, String> restricted(BrokerSecurity demanded) {
        Map<String, String> settings = new HashMap<>(demanded.brokerSettings());
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:broker;User:ANONYMOUS;User:" + ADMINISTRATOR);
        return settings;
    }

    /** What a client of this user is configured with, under Kafka's names. */
    Map<String, String> settings(String user) {
        return settings(security.map(demanded -> demanded.clientSettings(user)));
    }

    /** The same with a password that is wrong. */
    Map<String, String> wrongSettings(String user) {
        return settings(security.map(demanded -> demanded.clientSettings(user, "wrong")));
    }

    KafkaConnection connection(String user) {
        return new KafkaConnection(Map.copyOf(settings(user)));
    }

    /** Settings as a service finds them in its environment. */
    static Map<String, String> environment(Map<String, String> settings) {
        return settings.entrySet().stream()
                .collect(Collectors.toMap(
                        setting -> "KAFKA_" + setting.getKey().replace('.', '_').toUpperCase(Locale.ROOT),
                        Map.Entry::getValue));
    }

    /** Settings as a properties file. */
    static Path file(Path file, Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings(Optional<Map<String, String>> secret) {
        Map<String, String> settings = new HashMap<>(secret.orElse(Map.of()));
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }
}
