package io.trialstream.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.TopicDefinition.Cleanup;
import io.trialstream.contracts.Topics;
import io.trialstream.infrastructure.FreePorts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicProvisionerIT {
    private static Admin admin;

    private final TopicProvisioner provisioner = new TopicProvisioner(TestTopics.connection());

    @BeforeAll
    static void connect() {
        admin = TestTopics.connection().admin();
    }

    @AfterAll
    static void disconnect() {
        admin.close();
    }

    @Test
    void shouldCreateEveryTopicAsDefined() throws Exception {
        // Given
        List<TopicDefinition> topics = Topics.all(List.of("default", "gpu"));

        // When
        provisioner.ensure(topics);

        // Then
        for (TopicDefinition topic : topics) {
            assertThat(describe(topic.name()).partitions()).as(topic.name()).hasSize(topic.partitions());
            assertThat(settings(topic.name())).as(topic.name()).containsAllEntriesOf(topic.settings());
        }
    }

    @Test
    void shouldChangeNothingTheSecondTime() throws Exception {
        TopicDefinition topic = TestTopics.defined("twice", 3, Cleanup.COMPACT, Outcome.class);
        provisioner.ensure(List.of(topic));
        TopicDescription first = describe(topic.name());

        provisioner.ensure(List.of(topic));

        assertThat(describe(topic.name())).isEqualTo(first);
    }

    @Test
    void shouldCreateOnlyWhatIsMissing() throws Exception {
        TopicDefinition there = TestTopics.defined("there", 1, Cleanup.DELETE, Outcome.class);
        TopicDefinition missing = TestTopics.defined("missing", 2, Cleanup.DELETE, Outcome.class);
        provisioner.ensure(List.of(there));

        provisioner.ensure(List.of(there, missing));

        assertThat(describe(missing.name()).partitions()).hasSize(2);
    }

    @Test
    void shouldLetSeveralServicesStartAtOnce() throws Exception {
        for (int round = 0; round < 3; round++) {
            // Given
            List<TopicDefinition> topics = List.of(
                    TestTopics.defined("race-a", 2, Cleanup.COMPACT, Outcome.class),
                    TestTopics.defined("race-b", 1, Cleanup.DELETE, Outcome.class));
            CyclicBarrier start = new CyclicBarrier(2);
            Callable<Void> service = () -> {
                start.await(20, TimeUnit.SECONDS);
                new TopicProvisioner(TestTopics.connection()).ensure(topics);
                return null;
            };

            // When
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                List<Future<Void>> services =
                        new ArrayList<>(List.of(threads.submit(service), threads.submit(service)));
                for (Future<Void> each : services) {
                    each.get(60, TimeUnit.SECONDS);
                }
            } finally {
                threads.shutdownNow();
            }

            // Then
            assertThat(describe(topics.get(0).name()).partitions()).hasSize(2);
        }
    }

    @Test
    void shouldRefuseTopicsThatDifferAndNameEachDifference() throws Exception {
        // Given
        TopicDefinition partitions = TestTopics.defined("partitions", 3, Cleanup.DELETE, Outcome.class);
        TopicDefinition policy = TestTopics.defined("policy", 1, Cleanup.COMPACT, Outcome.class);
        create(partitions.name(), 2, "delete");
        create(policy.name(), 1, "delete");

        // When
        assertThatThrownBy(() -> provisioner.ensure(List.of(partitions, policy)))
                // Then
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining(partitions.name() + " has 2 partitions instead of 3")
                .hasMessageContaining(policy.name() + " has cleanup.policy delete instead of compact");
        assertThat(describe(partitions.name()).partitions()).hasSize(2);
        assertThat(settings(policy.name())).containsEntry("cleanup.policy", "delete");
    }

    @Test
    void shouldNotMindTheOrderOfPolicies() throws Exception {
        TopicDefinition topic = TestTopics.defined("order", 1, Cleanup.COMPACT_AND_DELETE, Outcome.class);
        create(topic.name(), 1, "delete,compact");

        provisioner.ensure(List.of(topic));

        assertThat(settings(topic.name()).get("cleanup.policy").split(","))
                .containsExactlyInAnyOrder("compact", "delete");
    }

    @Test
    void shouldSayWhenThereIsNoBroker() {
        KafkaConnection nowhere = new KafkaConnection(Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + FreePorts.one(),
                "request.timeout.ms",
                "500",
                "default.api.timeout.ms",
                "1000"));

        assertThatThrownBy(() -> new TopicProvisioner(nowhere).ensure(List.of(Topics.STUDIES)))
                .isInstanceOf(KafkaException.class);
    }

    private static void create(String name, int partitions, String policy) throws Exception {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(Map.of("cleanup.policy", policy));
        admin.createTopics(List.of(topic)).all().get(20, TimeUnit.SECONDS);
    }

    private static TopicDescription describe(String name) throws Exception {
        return admin.describeTopics(List.of(name))
                .allTopicNames()
                .get(20, TimeUnit.SECONDS)
                .get(name);
    }

    private static Map<String, String> settings(String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Map<String, String> settings = new HashMap<>();
        admin.describeConfigs(List.of(resource))
                .all()
                .get(20, TimeUnit.SECONDS)
                .get(resource)
                .entries()
                .forEach(entry -> settings.put(entry.name(), entry.value()));
        return settings;
    }
}
