package io.trialstream.messaging;

import io.trialstream.contracts.TopicDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing and refuses those that differ from their definition. */
public final class TopicProvisioner {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConnection connection;

    /** Provisions the broker behind this connection. */
    public TopicProvisioner(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * Makes sure that every topic exists as defined; several services may do so at once.
     *
     * @throws TopicMismatchException if one exists with other partitions or another clean-up policy
     * @throws KafkaException if the broker cannot be reached
     */
    public void ensure(Collection<TopicDefinition> topics) {
        try (Admin admin = connection.admin()) {
            create(admin, topics);
            verify(admin, topics);
        }
    }

    private static void create(Admin admin, Collection<TopicDefinition> topics) {
        List<NewTopic> missing = new ArrayList<>();
        Collection<String> existing = await(admin.listTopics().names());
        for (TopicDefinition topic : topics) {
            if (!existing.contains(topic.name())) {
                missing.add(new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.settings()));
            }
        }
        admin.createTopics(missing).values().values().forEach(created -> {
            try {
                await(created);
            } catch (TopicExistsException e) {
                // Another service was faster; what it made is verified like any other topic.
            }
        });
    }

    private static void verify(Admin admin, Collection<TopicDefinition> topics) {
        Map<String, TopicDefinition> byName =
                topics.stream().collect(Collectors.toMap(TopicDefinition::name, Function.identity()));
        Map<String, TopicDescription> found =
                whenKnown(() -> await(admin.describeTopics(byName.keySet()).allTopicNames()));
        List<ConfigResource> resources = byName.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs =
                whenKnown(() -> await(admin.describeConfigs(resources).all()));
        List<String> differences = new ArrayList<>();
        byName.forEach((name, topic) -> {
            int partitions = found.get(name).partitions().size();
            if (partitions != topic.partitions()) {
                differences.add(name + " has " + partitions + " partitions instead of " + topic.partitions());
            }
            String policy = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .get("cleanup.policy")
                    .value();
            if (!sameSet(policy, topic.cleanup().policy())) {
                differences.add(name + " has cleanup.policy " + policy + " instead of "
                        + topic.cleanup().policy());
            }
        });
        if (!differences.isEmpty()) {
            throw new TopicMismatchException(differences);
        }
    }

    /** A topic that was just created is not known to every request at once. */
    private static <T> T whenKnown(Supplier<T> request) {
        long start = System.nanoTime();
        while (true) {
            try {
                return request.get();
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static boolean sameSet(String a, String b) {
        return List.of(a.split(",")).stream()
                .sorted()
                .toList()
                .equals(List.of(b.split(",")).stream().sorted().toList());
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            // Kafka's exception sets the thread's interrupt flag again.
            throw new InterruptException(e);
        }
    }
}
