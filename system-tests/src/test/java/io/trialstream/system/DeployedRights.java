package io.trialstream.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trialstream.messaging.KafkaConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The topics and rights of the manifests in {@code deploy}, given to a broker as Strimzi's operators give them: the
 * services then run with the rights that they will have in a cluster, and no other.
 */
final class DeployedRights {
    private static final Path MANIFESTS =
            Path.of(System.getProperty("trialstream.home")).resolve("deploy/components/kafka-strimzi");

    private DeployedRights() {}

    /** Creates the topics and grants the rights of all users. */
    static void applyTo(KafkaConnection administrator) {
        try (Admin admin = administrator.admin()) {
            await(admin.createTopics(
                            manifests("kafka-topic.").map(DeployedRights::topic).toList())
                    .all());
            await(admin.createAcls(all()).all());
        }
    }

    /** Takes a right away. */
    static void revoke(KafkaConnection administrator, AclBinding right) {
        try (Admin admin = administrator.admin()) {
            await(admin.deleteAcls(List.of(new AclBindingFilter(
                            right.pattern().toFilter(), right.entry().toFilter())))
                    .all());
        }
    }

    /** Gives a right back. */
    static void grant(KafkaConnection administrator, AclBinding right) {
        try (Admin admin = administrator.admin()) {
            await(admin.createAcls(List.of(right)).all());
        }
    }

    /** The right of a user to do this to a topic, which the manifests grant. */
    static AclBinding right(String user, String topic, AclOperation operation) {
        return all().stream()
                .filter(binding -> binding.entry().principal().equals("User:" + user))
                .filter(binding -> binding.entry().operation() == operation)
                .filter(binding -> binding.pattern().name().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private static void await(KafkaFuture<?> done) {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<AclBinding> all() {
        return manifests("kafka-user.").flatMap(DeployedRights::rights).toList();
    }

    private static NewTopic topic(JsonNode manifest) {
        Map<String, String> config = new HashMap<>();
        manifest.at("/spec/config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        // One broker here.
        config.remove("min.insync.replicas");
        return new NewTopic(
                        manifest.at("/metadata/name").asText(),
                        Optional.of(manifest.at("/spec/partitions").asInt()),
                        Optional.of((short) 1))
                .configs(config);
    }

    private static Stream<AclBinding> rights(JsonNode user) {
        String principal = "User:" + user.at("/metadata/name").asText();
        List<AclBinding> rights = new ArrayList<>();
        for (JsonNode acl : user.at("/spec/authorization/acls")) {
            ResourcePattern pattern = new ResourcePattern(
                    ResourceType.fromString(snake(acl.at("/resource/type").asText())),
                    acl.at("/resource/name").asText(),
                    PatternType.LITERAL);
            for (JsonNode operation : acl.path("operations")) {
                rights.add(new AclBinding(
                        pattern,
                        new AccessControlEntry(
                                principal,
                                "*",
                                AclOperation.fromString(snake(operation.asText())),
                                AclPermissionType.ALLOW)));
            }
        }
        return rights.stream();
    }

    /** As Kafka spells it: {@code DescribeConfigs} is {@code Describe_Configs}, in any case. */
    private static String snake(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    }

    private static Stream<JsonNode> manifests(String prefix) {
        YAMLMapper yaml = new YAMLMapper();
        try (Stream<Path> files = Files.list(MANIFESTS)) {
            List<JsonNode> found = new ArrayList<>();
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList()) {
                found.add(yaml.readTree(file.toFile()));
            }
            return found.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
