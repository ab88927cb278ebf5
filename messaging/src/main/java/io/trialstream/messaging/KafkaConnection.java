package io.trialstream.messaging;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How to reach the broker: the settings that all clients of a process share, under Kafka's own names. A service takes
 * them from its {@code kafka.*} configuration, the command line from a properties file. Keys are text, values bytes, on
 * every client.
 *
 * @param settings Kafka's client settings, {@code bootstrap.servers} among them. A {@code group.id}, which Quarkus adds,
 *     is left out: which group a consumer belongs to is its own choice
 */
public record KafkaConnection(Map<String, Object> settings) {

    /** Refuses settings without an address and copies the others. */
    public KafkaConnection {
        if (addressIn(settings).isBlank()) {
            throw new IllegalArgumentException("bootstrap.servers must not be blank");
        }
        Map<String, Object> shared = new HashMap<>(settings);
        shared.remove(CommonClientConfigs.GROUP_ID_CONFIG);
        settings = Map.copyOf(shared);
    }

    /** Kafka's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return addressIn(settings);
    }

    /** A new admin client. */
    public Admin admin() {
        return Admin.create(common());
    }

    /**
     * A new idempotent producer that waits for all replicas.
     *
     * @param overrides settings that differ, such as a {@code transactional.id}
     */
    public KafkaProducer<String, byte[]> producer(Map<String, Object> overrides) {
        Map<String, Object> config = common();
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.putAll(overrides);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * A new consumer without a group: it reads committed records from wherever it is told to, and commits nothing.
     *
     * @param overrides settings that differ
     */
    public KafkaConsumer<String, byte[]> follower(Map<String, Object> overrides) {
        Map<String, Object> config = common();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
        config.putAll(overrides);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The settings that every client of this connection shares, for clients made elsewhere. */
    public Map<String, Object> common() {
        Map<String, Object> config = new HashMap<>(settings);
        // A broker that was away for a minute is reached again at once, not after Kafka's growing back-off.
        config.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50);
        config.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return config;
    }

    /** Names the address only: the settings may hold passwords. */
    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrapServers() + "]";
    }

    private static String addressIn(Map<String, Object> settings) {
        return Objects.toString(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG), "");
    }
}
