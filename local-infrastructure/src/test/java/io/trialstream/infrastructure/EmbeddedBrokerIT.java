package io.trialstream.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void shouldKeepClusterAndRecordsWhenRestartedOnOtherPorts() throws Exception {
        // Given
        String clusterId;
        BrokerPorts ports;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            clusterId = broker.clusterId();
            ports = broker.ports();
            createTopic(broker, "kept");
            produce(broker, "kept", "before");
        }

        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            // Then
            assertThat(broker.ports()).isNotEqualTo(ports);
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            assertThat(firstValueOf(broker, "kept")).isEqualTo("before");
        }
    }

    @Test
    void shouldRunSideBySideInOneJvm() throws Exception {
        try (EmbeddedBroker one = EmbeddedBroker.startTemporary();
                EmbeddedBroker other = EmbeddedBroker.startTemporary()) {
            createTopic(one, "here");

            assertThat(topicsOf(one)).contains("here");
            assertThat(topicsOf(other)).doesNotContain("here");
            assertThat(one.clusterId()).isNotEqualTo(other.clusterId());
        }
    }

    @Test
    void shouldDeliverToAShareGroupAndCommitTransactions() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            // Given
            createTopic(broker, "queue");
            createTopic(broker, "ledger");
            produce(broker, "queue", "work");

            // When
            produceInTransaction(broker, "ledger", "committed");

            // Then
            assertThat(firstValueOf(broker, "ledger")).isEqualTo("committed");
            assertThat(firstSharedValueOf(broker, "queue")).isEqualTo("work");
        }
    }

    @Test
    void shouldNotCreateATopicBecauseSomebodyWritesToIt() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            assertThatThrownBy(() -> produce(broker, "misspelt", "x")).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void shouldFailToStartOnATakenPort() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("first"))) {
            BrokerPorts ports = new BrokerPorts(broker.ports().client(), FreePorts.one());

            assertThatThrownBy(() -> EmbeddedBroker.start(directory.resolve("second"), ports, Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(String.valueOf(ports.client()));
        }
    }

    private static void createTopic(EmbeddedBroker broker, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    private static Set<String> topicsOf(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics().names().get(20, TimeUnit.SECONDS);
        }
    }

    private static void produce(EmbeddedBroker broker, String topic, String value) throws Exception {
        try (KafkaProducer<String, String> producer = producer(broker, Map.of("max.block.ms", 2_000))) {
            producer.send(new ProducerRecord<>(topic, value)).get(20, TimeUnit.SECONDS);
        }
    }

    private static void produceInTransaction(EmbeddedBroker broker, String topic, String value) {
        try (KafkaProducer<String, String> producer = producer(broker, Map.of("transactional.id", "writer"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, value));
            producer.commitTransaction();
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedBroker broker, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    private static String firstValueOf(EmbeddedBroker broker, String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            return consumer.poll(LIMIT).iterator().next().value();
        }
    }

    private static String firstSharedValueOf(EmbeddedBroker broker, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.GROUP, "workers"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "workers");
        try (KafkaShareConsumer<String, String> consumer =
                new KafkaShareConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long started = System.nanoTime();
            while (System.nanoTime() - started < LIMIT.toNanos()) {
                for (ConsumerRecord<String, String> delivered : consumer.poll(Duration.ofSeconds(2))) {
                    return delivered.value();
                }
            }
            return null;
        }
    }
}
