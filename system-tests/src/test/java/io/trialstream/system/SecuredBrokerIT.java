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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A broker that demands TLS and a password of every client and grants what the manifests in {@code deploy} say: the
 * packaged services and the command line.
 */
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
    void shouldStopAtARightThatIsMissingAndGoOnOnceItIsThere() {
        // Given a study under way
        String study = cluster.api().create(Studies.sleeping(40, 1, Duration.ofMillis(100)));
        AclBinding right = DeployedRights.right("suggester", "trial-proposals.default", AclOperation.WRITE);

        // When its suggester may not write to the queue any more
        DeployedRights.revoke(cluster.administrator(), right);

        // Then it says so, and goes on with the right
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        cluster.suggester().log())
                .contains("the broker denies this client access: Not authorized to access topics:"
                        + " [trial-proposals.default]"));
        assertThat(cluster.api().count(study, "completed")).isLessThan(40);
        DeployedRights.grant(cluster.administrator(), right);
        cluster.api().await(study, "COMPLETED", PATIENCE);
    }

    @Test
    @Order(4)
    void shouldGrantNobodyWhatIsAnothers() {
        assertThat(write("trainer", Topics.TRIAL_LEDGER.name())).isInstanceOf(TopicAuthorizationException.class);
        assertThat(write("trainer", Topics.TRIAL_OUTCOMES.name())).isInstanceOf(TopicAuthorizationException.class);
        assertThat(write("results", Topics.STUDIES.name())).isInstanceOf(TopicAuthorizationException.class);
        assertThat(write("results", "trial-proposals.default")).isInstanceOf(TopicAuthorizationException.class);
        assertThat(write("suggester", Topics.TRIAL_REPORTS.name())).isInstanceOf(TopicAuthorizationException.class);
        assertThat(write("suggester", "somebody-else-s")).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    @Order(5)
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

    /** Why the user's record was refused. */
    private static Throwable write(String user, String topic) {
        Map<String, Object> impatient = Map.of("max.block.ms", "10000", "enable.idempotence", false);
        try (KafkaProducer<String, byte[]> producer =
                cluster.kafka().connection(user).producer(impatient)) {
            producer.send(new ProducerRecord<>(topic, 0, "key", new byte[0])).get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
