package io.trialstream.deploy;

import static io.trialstream.deploy.Overlay.containersOf;
import static io.trialstream.deploy.Overlay.each;
import static io.trialstream.deploy.Overlay.nameOf;
import static io.trialstream.deploy.Overlay.podOf;
import static io.trialstream.deploy.Overlay.variable;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests agree with the code, with the settings' reference, and among themselves. */
class ManifestsTest {
    private static final Set<String> OURS = Set.of("suggester", "results", "trainer");
    /** Made by whoever installs it, as the guide says. */
    private static final Set<String> MADE_BY_HAND = Set.of("trialstream-access", "trialstream-database");
    /** Made by CloudNativePG and Strimzi for the objects that the overlay has. */
    private static final Map<String, String> MADE_BY_OPERATORS = Map.of(
            "database-app", "Cluster",
            "database-ca", "Cluster",
            "trialstream-cluster-ca-cert", "Kafka",
            "suggester", "KafkaUser",
            "results", "KafkaUser",
            "trainer", "KafkaUser");
    /** Of the JVM, of Quarkus and of Kafka's clients: not in the settings' reference. */
    private static final Pattern OF_OTHERS = Pattern.compile(
            "JAVA_TOOL_OPTIONS|QUARKUS_PROFILE|KAFKA_(SSL|SASL|SECURITY)_.*" + "|QUARKUS_DATASOURCE_PASSWORD");

    private static List<Overlay> overlays;

    static List<Overlay> overlays() {
        return overlays;
    }

    @BeforeAll
    static void render() {
        NeededTool.kubectl();
        overlays =
                Stream.of("local-cpu", "gpu", "production").map(Overlay::render).toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldHaveTheThreeServicesInItsNamespace(Overlay overlay) {
        assertThat(overlay.of("Deployment").map(Overlay::nameOf)).containsExactlyInAnyOrderElementsOf(OURS);
        assertThat(overlay.objects())
                .filteredOn(object -> !object.path("kind").asText().equals("Namespace"))
                .allSatisfy(object ->
                        assertThat(object.at("/metadata/namespace").asText()).isEqualTo("trialstream"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldHaveTheTopicsOfTheCodeWhereItHasTopics(Overlay overlay) {
        Map<String, TopicDefinition> expected = Topics.all(List.of("default")).stream()
                .collect(Collectors.toMap(TopicDefinition::name, topic -> topic));
        List<JsonNode> topics = overlay.of("KafkaTopic").toList();
        if (overlay.find("Kafka", "trialstream").isEmpty()) {
            assertThat(topics).as("without Strimzi the services create them").isEmpty();
            return;
        }

        assertThat(topics).extracting(Overlay::nameOf).containsExactlyInAnyOrderElementsOf(expected.keySet());
        assertThat(topics).allSatisfy(topic -> {
            TopicDefinition definition = expected.get(nameOf(topic));
            Map<String, String> config = new HashMap<>();
            topic.at("/spec/config")
                    .properties()
                    .forEach(
                            entry -> config.put(entry.getKey(), entry.getValue().asText()));
            assertThat(topic.at("/spec/partitions").asInt()).as(nameOf(topic)).isEqualTo(definition.partitions());
            assertThat(config).as(nameOf(topic)).containsAllEntriesOf(definition.settings());
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldGiveEachServiceRightsOnTopicsThatAreThere(Overlay overlay) {
        Set<String> topics = overlay.of("KafkaTopic").map(Overlay::nameOf).collect(Collectors.toSet());

        overlay.of("KafkaUser")
                .forEach(user -> each(user.at("/spec/authorization/acls")).forEach(acl -> {
                    JsonNode resource = acl.path("resource");
                    assertThat(resource.path("patternType").asText())
                            .as("no wildcards")
                            .isEqualTo("literal");
                    switch (resource.path("type").asText()) {
                        case "topic" -> assertThat(topics)
                                .contains(resource.path("name").asText());
                        case "group" -> assertThat(resource.path("name").asText())
                                .isEqualTo(Topics.shareGroup("default"));
                        default -> assertThat(resource.path("name").asText()).isEqualTo("trialstream-suggester");
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldLetOneServiceAloneWriteATopicOfState(Overlay overlay) {
        Map<String, Set<String>> writers = new TreeMap<>();
        overlay.of("KafkaUser").filter(user -> OURS.contains(nameOf(user))).forEach(user -> each(user.at(
                        "/spec/authorization/acls"))
                .filter(acl -> each(acl.path("operations"))
                        .anyMatch(operation -> operation.asText().equals("Write")))
                .filter(acl -> acl.at("/resource/type").asText().equals("topic"))
                .forEach(acl -> writers.computeIfAbsent(acl.at("/resource/name").asText(), name -> new TreeSet<>())
                        .add(nameOf(user))));
        if (overlay.of("KafkaUser").findAny().isPresent()) {
            assertThat(writers)
                    .containsEntry("studies", Set.of("suggester"))
                    .containsEntry("trial-ledger", Set.of("suggester"))
                    .containsEntry("trial-commands", Set.of("suggester"))
                    .containsEntry("trial-proposals.default", Set.of("suggester"))
                    .containsEntry("trial-reports", Set.of("trainer"))
                    .containsEntry("trial-outcomes", Set.of("results"));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldSetOnlySettingsThatExist(Overlay overlay) throws IOException {
        List<Pattern> known = settings();

        overlay.of("Deployment").forEach(service -> containersOf(service)
                .flatMap(container -> each(container.path("env")))
                .map(variable -> variable.path("name").asText())
                .filter(name -> !OF_OTHERS.matcher(name).matches())
                .forEach(name -> assertThat(known)
                        .as("%s of %s is in docs/settings.md", name, nameOf(service))
                        .anyMatch(pattern -> pattern.matcher(name).matches())));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldReferToObjectsThatAreThere(Overlay overlay) {
        overlay.workloads().forEach(workload -> {
            containersOf(workload)
                    .flatMap(container -> each(container.path("env")))
                    .forEach(variable -> {
                        JsonNode config = variable.at("/valueFrom/configMapKeyRef");
                        if (!config.isMissingNode()) {
                            assertThat(overlay.of("ConfigMap")
                                            .filter(map -> nameOf(map)
                                                    .equals(config.path("name").asText()))
                                            .filter(map -> map.path("data")
                                                    .has(config.path("key").asText())))
                                    .as("config map of %s", variable)
                                    .isNotEmpty();
                        }
                        JsonNode secret = variable.at("/valueFrom/secretKeyRef");
                        if (!secret.isMissingNode()) {
                            assertSecret(overlay, secret.path("name").asText());
                        }
                    });
            each(podOf(workload).path("volumes")).forEach(volume -> {
                JsonNode claim = volume.at("/persistentVolumeClaim/claimName");
                if (!claim.isMissingNode()) {
                    assertThat(overlay.find("PersistentVolumeClaim", claim.asText()))
                            .isPresent();
                }
                JsonNode secret = volume.at("/secret/secretName");
                if (!secret.isMissingNode()) {
                    assertSecret(overlay, secret.asText());
                }
            });
            JsonNode account = podOf(workload).path("serviceAccountName");
            if (!account.isMissingNode()) {
                assertThat(overlay.find("ServiceAccount", account.asText())).isPresent();
            }
        });
        overlay.of("ScaledObject").forEach(scaled -> assertThat(overlay.find(
                        "Deployment", scaled.at("/spec/scaleTargetRef/name").asText()))
                .isPresent());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldSelectPodsThatAreThere(Overlay overlay) {
        List<Map<String, String>> pods = overlay.workloads()
                .map(workload -> labels(workload.at("/spec/template/metadata/labels")))
                .toList();

        overlay.workloads().forEach(workload -> assertThat(labels(workload.at("/spec/template/metadata/labels")))
                .containsAllEntriesOf(labels(workload.at("/spec/selector/matchLabels"))));
        Stream.of(
                        overlay.of("Service").map(service -> service.at("/spec/selector")),
                        overlay.of("PodDisruptionBudget").map(budget -> budget.at("/spec/selector/matchLabels")),
                        overlay.of("PodMonitor").map(monitor -> monitor.at("/spec/selector/matchLabels")),
                        overlay.of("NetworkPolicy").map(policy -> policy.at("/spec/podSelector/matchLabels")))
                .flatMap(selectors -> selectors)
                .forEach(selector -> assertThat(pods)
                        .as("a pod with %s", selector)
                        .anyMatch(pod ->
                                pod.entrySet().containsAll(labels(selector).entrySet())));
        overlay.of("Service")
                .forEach(service -> each(service.at("/spec/ports")).forEach(port -> assertThat(overlay.workloads()
                                .filter(workload -> labels(workload.at("/spec/template/metadata/labels"))
                                        .entrySet()
                                        .containsAll(labels(service.at("/spec/selector"))
                                                .entrySet()))
                                .flatMap(Overlay::containersOf)
                                .flatMap(container -> each(container.path("ports")))
                                .map(known -> known.path("name").asText()))
                        .contains(port.path("targetPort").asText())));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldGiveATrainerLongerThanItsDrainTakes(Overlay overlay) {
        JsonNode trainer = overlay.find("Deployment", "trainer").orElseThrow();
        Duration drain = containersOf(trainer)
                .flatMap(container -> variable(container, "TRIALSTREAM_TRAINER_DRAIN_TIMEOUT").stream())
                .map(variable -> Duration.parse(variable.path("value").asText()))
                .findFirst()
                .orElseThrow();

        assertThat(Duration.ofSeconds(
                        podOf(trainer).path("terminationGracePeriodSeconds").asLong()))
                .isGreaterThanOrEqualTo(drain.plusSeconds(30));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldLeaveTheNumberOfTrainersToItsAutoscaler(Overlay overlay) {
        boolean scaled = overlay.find("ScaledObject", "trainer").isPresent();

        assertThat(overlay.find("Deployment", "trainer")
                        .orElseThrow()
                        .at("/spec")
                        .has("replicas"))
                .isEqualTo(!scaled);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldMeetTheRestrictedProfile(Overlay overlay) {
        overlay.workloads().forEach(workload -> {
            JsonNode pod = podOf(workload);
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            containersOf(workload).forEach(container -> {
                JsonNode context = container.path("securityContext");
                assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").isMissingNode())
                        .isFalse();
                if (OURS.contains(nameOf(workload))) {
                    assertThat(context.path("readOnlyRootFilesystem").asBoolean())
                            .isTrue();
                }
            });
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void shouldPinEveryImage(Overlay overlay) {
        assertThat(overlay.workloads()
                        .flatMap(Overlay::containersOf)
                        .map(container -> container.path("image").asText()))
                .allMatch(image -> image.matches(".+:[0-9][^:]*|.+@sha256:[0-9a-f]{64}"));
    }

    @Test
    void shouldHaveOneObjectAFile() throws IOException {
        try (Stream<Path> files = Files.walk(Overlay.DEPLOY)) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")).toList())
                    .allSatisfy(file -> assertThat(Files.readAllLines(file)).doesNotContain("---"));
        }
    }

    private static void assertSecret(Overlay overlay, String name) {
        if (!MADE_BY_HAND.contains(name)) {
            assertThat(MADE_BY_OPERATORS).as("secret %s", name).containsKey(name);
            assertThat(overlay.of(MADE_BY_OPERATORS.get(name)))
                    .as("maker of secret %s", name)
                    .isNotEmpty();
        }
    }

    private static Map<String, String> labels(JsonNode labels) {
        Map<String, String> found = new HashMap<>();
        labels.properties()
                .forEach(entry -> found.put(entry.getKey(), entry.getValue().asText()));
        return found;
    }

    /** The environment variables of the settings' reference; NAME stands for a name of the user's. */
    private static List<Pattern> settings() throws IOException {
        Matcher variables = Pattern.compile("\\| `([A-Z][A-Z0-9_]+)` \\|")
                .matcher(Files.readString(Path.of("..", "docs", "settings.md")));
        Set<String> names = new TreeSet<>(Set.of("TRIALSTREAM_SUGGESTER_URL"));
        while (variables.find()) {
            names.add(variables.group(1));
        }
        return names.stream()
                .map(name -> Pattern.compile(name.replaceAll("(?<=_)NAME(?=_|$)", "[A-Z0-9_]+")))
                .toList();
    }
}
