package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A broker that demands TLS and a password of every client: the packaged services and the command line. */
@TestMethodOrder(OrderAnnotation.class)
class SecuredBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.startSecured();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void shouldCompleteAStudyWithTheShippedTrainer() {
        cluster.shippedTrainer("trainer-1").start().awaitReady();

        String study = cluster.api().create(Studies.sleeping(4, 2, Duration.ofMillis(50)));

        cluster.api().await(study, "COMPLETED", PATIENCE);
        Studies.assertWhole(cluster.api(), study, 4);
    }

    @Test
    @Order(2)
    void shouldListDeadLettersWithASettingsFile() throws Exception {
        // Given a record that results cannot read
        try (KafkaProducer<String, byte[]> raw = cluster.connection().producer(Map.of())) {
            byte[] value = "{not json".getBytes(StandardCharsets.UTF_8);
            raw.send(new ProducerRecord<>(Topics.TRIAL_REPORTS.name(), 0, "poison", value))
                    .get();
        }
        Path right = KafkaAccess.file(
                cluster.directory().resolve("operator.properties"),
                cluster.kafka().settings("operator"));
        Path wrong = KafkaAccess.file(
                cluster.directory().resolve("wrong.properties"), cluster.kafka().wrongSettings("operator"));

        // Then the right password lists it, and the wrong one is told from a broker that is away
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        deadLetters("--kafka-config", right.toString()))
                .contains("trial-reports/0/", "NOT_JSON"));
        assertThat(deadLetters("--kafka-config", wrong.toString()))
                .contains("the broker refuses this client")
                .contains("sasl.*")
                .doesNotContain("\tat ");
    }

    @Test
    @Order(3)
    void shouldSayInLogAndHealthThatAPasswordIsWrong() {
        // Given nobody else who ingests, since a replica that stands by asks the broker nothing
        cluster.results().kill();

        List<Child> services = cluster.withWrongPasswords();
        services.forEach(Child::start);

        assertThat(services).allSatisfy(service -> {
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                assertThat(cluster.readiness(service)).contains("DOWN", "the broker refuses this client");
                assertThat(service.log()).contains("the broker refuses this client", "check security.protocol, sasl.*");
            });
            assertThat(service.isAlive()).isTrue();
        });
    }

    private static String deadLetters(String... options) throws Exception {
        Path home = Path.of(System.getProperty("trialstream.home"));
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtrialstream.home=" + home,
                "-jar",
                home.resolve("cli/target/cli.jar").toString(),
                "dead-letters",
                "list"));
        line.addAll(List.of(options));
        Path output = Files.createTempFile(cluster.directory(), "command-", ".txt");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output);
    }
}
