package io.trialstream.infrastructure;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What makes a broker demand TLS, and of each client a user and a password (SASL_SSL with PLAIN).
 *
 * @param keyStore the broker's key and certificate, PKCS #12; the certificate must name 127.0.0.1
 * @param keyStorePassword opens the store and the key
 * @param certificate the same certificate, PEM, for those who are to trust it
 * @param users who may connect: passwords by user
 */
public record BrokerSecurity(Path keyStore, String keyStorePassword, Path certificate, Map<String, String> users) {
    /** The broker's own user, for what it sends to itself. */
    private static final String BROKER = "broker";

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    /** Copies the users. */
    public BrokerSecurity {
        users = Map.copyOf(users);
    }

    /** The broker's settings, to replace those of an open one. */
    public Map<String, String> brokerSettings() {
        String known = users.entrySet().stream()
                .map(user -> " user_" + user.getKey() + "=" + quoted(user.getValue()))
                .collect(Collectors.joining());
        return Map.ofEntries(
                Map.entry("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry("ssl.keystore.location", keyStore.toString()),
                Map.entry("ssl.keystore.password", keyStorePassword),
                Map.entry("ssl.key.password", keyStorePassword),
                Map.entry("ssl.truststore.type", "PEM"),
                Map.entry("ssl.truststore.location", certificate.toString()),
                Map.entry("sasl.enabled.mechanisms", "PLAIN"),
                Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                Map.entry(
                        "listener.name.clients.plain.sasl.jaas.config",
                        LOGIN + credentials(BROKER, keyStorePassword) + " user_" + BROKER + "="
                                + quoted(keyStorePassword) + known + ";"));
    }

    /** What a client of this user needs besides the broker's address, under Kafka's names. */
    public Map<String, String> clientSettings(String user) {
        return clientSettings(user, users.get(user));
    }

    /** The same with this password, which need not be right. */
    public Map<String, String> clientSettings(String user, String password) {
        return Map.of(
                "security.protocol", "SASL_SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", certificate.toString(),
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", LOGIN + credentials(user, password) + ";");
    }

    private static String credentials(String user, String password) {
        return " username=" + quoted(user) + " password=" + quoted(password);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
