package io.trialstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document says the same as the code. */
class AsyncApiTest {
    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = AsyncApiTest.class.getClassLoader().getResourceAsStream("asyncapi.yaml")) {
            document = new YAMLMapper().readTree(in);
        }
    }

    @Test
    void shouldDescribeEveryTopicAndNoOther() {
        Map<String, TopicDefinition> topics = new TreeMap<>();
        Topics.all(List.of("default")).forEach(topic -> topics.put(topic.name(), topic));
        Map<String, TopicDefinition> described = new TreeMap<>();
        document.get("channels").forEach(channel -> {
            TopicDefinition topic = topics.get(address(channel));
            assertThat(topic).as("topic at %s", address(channel)).isNotNull();
            described.put(address(channel), topic);
        });

        assertThat(described).isEqualTo(topics);
    }

    @Test
    void shouldGiveEachTopicItsPartitionsPolicyRetentionAndMessage() {
        Map<String, TopicDefinition> topics = new TreeMap<>();
        Topics.all(List.of("default")).forEach(topic -> topics.put(topic.name(), topic));
        document.get("channels").forEach(channel -> {
            TopicDefinition topic = topics.get(address(channel));
            JsonNode kafka = channel.at("/bindings/kafka");
            List<String> policy = new ArrayList<>();
            kafka.at("/topicConfiguration/cleanup.policy").forEach(value -> policy.add(value.asText()));

            assertThat(kafka.path("partitions").asInt()).as(topic.name()).isEqualTo(topic.partitions());
            assertThat(String.join(",", policy))
                    .as(topic.name())
                    .isEqualTo(topic.cleanup().policy());
            assertThat(kafka.at("/topicConfiguration/retention.ms").asLong(-1))
                    .as(topic.name())
                    .isEqualTo(topic.retention().map(Duration::toMillis).orElse(-1L));
            assertThat(channel.get("messages").fieldNames())
                    .toIterable()
                    .as(topic.name())
                    .containsExactly(topic.message().getSimpleName());
        });
    }

    @Test
    void shouldDescribeEachMessageByItsSchemaAndGoldenFiles() {
        for (Class<?> type : Message.class.getPermittedSubclasses()) {
            JsonNode message = document.at("/components/messages/" + type.getSimpleName());

            assertThat(message.at("/payload/schema/$ref").asText())
                    .isEqualTo("./" + Schemas.resource(Schemas.name(type.asSubclass(Message.class))));
            assertThat(message.path("contentType").asText()).isEqualTo("application/json");
        }
    }

    @Test
    void shouldResolveEveryReference() {
        Set<String> checked = new TreeSet<>();
        references(document).forEach(reference -> check("asyncapi.yaml", document, reference, checked));

        assertThat(checked).hasSizeGreaterThan(100);
    }

    @Test
    void shouldGiveTrueExamplesOfPartitions() {
        JsonNode examples = document.get("x-partition-examples");

        assertThat(examples).hasSizeGreaterThan(2);
        examples.forEach(example -> {
            TopicDefinition topic = new TopicDefinition(
                    "t",
                    example.get("partitions").asInt(),
                    TopicDefinition.Cleanup.DELETE,
                    Optional.empty(),
                    Outcome.class);
            assertThat(Topics.partition(topic, example.get("studyId").asText()))
                    .isEqualTo(example.get("partition").asInt());
        });
    }

    private static String address(JsonNode channel) {
        return channel.get("address")
                .asText()
                .replace("{pool}", channel.at("/parameters/pool/default").asText("{pool}"));
    }

    /** References within one document, and from one file to another. */
    private static void check(String file, JsonNode root, String reference, Set<String> checked) {
        String[] parts = reference.split("#", -1);
        boolean here = parts[0].isEmpty();
        String target = here ? file : parts[0].startsWith("./schemas/") ? parts[0].substring(2) : "schemas/" + parts[0];
        if (!checked.add(file + " -> " + target + "#" + (parts.length > 1 ? parts[1] : ""))) {
            return;
        }
        JsonNode other = here ? root : Golden.resource(target);
        assertThat(other.at(JsonPointer.compile(parts.length > 1 ? parts[1] : ""))
                        .isMissingNode())
                .as(file + ": " + reference)
                .isFalse();
        if (!here) {
            references(other).forEach(next -> check(target, other, next, checked));
        }
    }

    private static List<String> references(JsonNode node) {
        return node.findValuesAsText("$ref");
    }
}
