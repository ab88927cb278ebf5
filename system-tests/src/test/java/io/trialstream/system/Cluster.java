package io.trialstream.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.infrastructure.BrokerSecurity;
import io.trialstream.infrastructure.DatabaseAccess;
import io.trialstream.infrastructure.EmbeddedDatabase;
import io.trialstream.infrastructure.FreePorts;
import io.trialstream.messaging.KafkaConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The system as processes that a test may do anything to: the real broker and database, the packaged services, and
 * trainers that know only the {@code sleep} workload ({@link SleepTrainer}), so that many of them fit on one machine.
 *
 * <p>The suggester's clock is fast: a tick is half a second, a run is lost after 30 s, an epoch may take 6 s.
 */
final class Cluster implements AutoCloseable {
    /** For the suggester: fast ticks and short limits. */
    private static final List<String> FAST = List.of(
            "-Dtrialstream.suggester.tick=PT0.5S",
            "-Dtrialstream.suggester.silent-ticks=20",
            "-Dtrialstream.suggester.lost-ticks=60",
            "-Dtrialstream.suggester.stuck-after=PT6S",
            "-Dtrialstream.suggester.first-epoch-limit=PT6S",
            "-Dtrialstream.suggester.concurrency-ceiling=1000");

    private static Cluster shared;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path home = Path.of(System.getProperty("trialstream.home"));
    private final Path directory;
    private final int brokerPort = FreePorts.one();
    private final int databasePort = FreePorts.one();
    private final int resultsPort = FreePorts.one();
    private final int suggesterPort = FreePorts.one();
    private final AtomicInteger names = new AtomicInteger();
    private final List<Child> all = new ArrayList<>();
    private final Api api = new Api(() -> "http://127.0.0.1:" + resultsPort, this::logs);
    private final List<String> suggesterSettings;
    private final KafkaAccess kafka;
    private final Map<Child, Integer> managementPorts = new HashMap<>();

    /** The services' management ports, by name. */
    private final int resultsManagement = FreePorts.one();

    private final int suggesterManagement = FreePorts.one();

    private final Child broker;
    private final Child database;
    private final Child results;
    private final Child suggester;

    private Cluster(Path directory, List<String> suggesterSettings, Optional<BrokerSecurity> security) {
        this.directory = directory;
        this.kafka = new KafkaAccess("127.0.0.1:" + brokerPort, security);
        this.suggesterSettings = suggesterSettings;
        this.broker = infrastructure(
                "Broker",
                "-Xmx512m",
                brokerPort,
                List.of(Integer.toString(FreePorts.one())),
                List.of(KafkaAccess.file(directory.resolve("broker.properties"), kafka.brokerSettings())
                        .toString()));
        this.database = infrastructure("Database", "-Xmx64m", databasePort, List.of("trialstream"), List.of());
        this.results = service("results", "results-service", resultsPort, resultsManagement, resultsSettings());
        this.suggester =
                service("suggester", "suggester-service", suggesterPort, suggesterManagement, suggesterSettings);
    }

    /** One for all tests of this JVM, which leave it as they found it; it ends with the JVM. */
    static synchronized Cluster shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** Starts everything but trainers, as much of it at once as can be. */
    static Cluster start() {
        return start(FAST);
    }

    /** The same with these system properties for the suggester. */
    static Cluster start(List<String> suggesterSettings) {
        return start(directory -> new Cluster(directory, suggesterSettings, Optional.empty()));
    }

    /**
     * The same with a broker that demands TLS and passwords, and a user for each service with the rights that the
     * manifests in {@code deploy} give it.
     */
    static Cluster startSecured() {
        Map<String, String> users = Stream.of("suggester", "results", "trainer", "operator", KafkaAccess.ADMINISTRATOR)
                .collect(Collectors.toMap(Function.identity(), user -> user + "'s password"));
        return start(directory -> new Cluster(directory, FAST, Optional.of(Certificates.broker(directory, users))));
    }

    private static Cluster start(Function<Path, Cluster> made) {
        try {
            Cluster cluster = made.apply(Files.createTempDirectory("trialstream-cluster-"));
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            cluster.broker.start();
            cluster.database.start().awaitReady();
            if (cluster.kafka.security().isPresent()) {
                cluster.broker.awaitReady();
                DeployedRights.applyTo(cluster.administrator());
            }
            cluster.results.start();
            cluster.broker.awaitReady();
            cluster.suggester.start().awaitReady();
            cluster.results.awaitReady();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Api api() {
        return api;
    }

    Child broker() {
        return broker;
    }

    Child database() {
        return database;
    }

    Child results() {
        return results;
    }

    Child suggester() {
        return suggester;
    }

    /** A connection of an operator's. */
    KafkaConnection connection() {
        return kafka.connection("operator");
    }

    /** A connection of somebody who may do anything. */
    KafkaConnection administrator() {
        return kafka.connection(KafkaAccess.ADMINISTRATOR);
    }

    /** How its processes reach the broker. */
    KafkaAccess kafka() {
        return kafka;
    }

    Path directory() {
        return directory;
    }

    /** Where the database, which is not running, has its files. */
    Path databaseFiles() {
        return directory.resolve("database");
    }

    /** Where readers are served. */
    String url() {
        return "http://127.0.0.1:" + resultsPort;
    }

    /** Imports trials, one a line, at the suggester itself: results need not run. */
    JsonNode importAtSuggester(String study, String lines) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + suggesterPort + "/api/v1/studies/" + study + "/import"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        try {
            return Api.json(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A suggester that is not started, beside the first one. */
    Child anotherSuggester(String name) {
        return service(name, "suggester-service", FreePorts.one(), FreePorts.one(), suggesterSettings);
    }

    /** The shipped trainer, with its engine, not started. */
    Child shippedTrainer(String name) {
        return shippedTrainer(name, kafka.settings("trainer"));
    }

    private Child shippedTrainer(String name, Map<String, String> settings) {
        return service(
                name,
                "trainer-service/dl4j",
                FreePorts.one(),
                FreePorts.one(),
                settings,
                List.of(
                        "-Xmx512m",
                        "-Dtrialstream.trainer.id=" + name,
                        "-Dtrialstream.checkpoints.directory=" + directory.resolve("checkpoints"),
                        "-Dtrialstream.artifacts.directory=" + directory.resolve("artifacts")));
    }

    /** A suggester, a results service and a trainer, not started, each with a wrong password. */
    List<Child> withWrongPasswords() {
        return List.of(
                service(
                        "wrong-suggester",
                        "suggester-service",
                        FreePorts.one(),
                        FreePorts.one(),
                        kafka.wrongSettings("suggester"),
                        suggesterSettings),
                service(
                        "wrong-results",
                        "results-service",
                        FreePorts.one(),
                        FreePorts.one(),
                        kafka.wrongSettings("results"),
                        resultsSettings()),
                shippedTrainer("wrong-trainer", kafka.wrongSettings("trainer")));
    }

    /** What a service's readiness check says. */
    String readiness(Child service) {
        return text("http://127.0.0.1:" + managementPorts.get(service) + "/q/health/ready");
    }

    /** Starts a trainer of a name of its own with so many slots; it is ready some time later. */
    Child trainer(int slots, String... options) {
        return trainer("sleeper-" + names.incrementAndGet(), slots).start(options);
    }

    /** Since when a trainer is ready. */
    Instant readySince(Child trainer) {
        try {
            return Files.getLastModifiedTime(directory.resolve(trainer.name() + ".ready"))
                    .toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A trainer that is not started. */
    Child trainer(String name, int slots) {
        Path ready = directory.resolve(name + ".ready");
        return add(new Child(
                name,
                directory,
                List.of(
                        "-Xmx192m",
                        "-Djava.util.logging.config.file="
                                + home.resolve("system-tests/src/test/resources/trainer-logging.properties"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SleepTrainer.class.getName(),
                        KafkaAccess.file(directory.resolve(name + ".properties"), kafka.settings("trainer"))
                                .toString(),
                        name,
                        Integer.toString(slots),
                        directory.resolve("checkpoints").toString(),
                        ready.toString()),
                () -> Files.exists(ready)));
    }

    /** The answer of results' readiness check: 200, 503, or 0 for none. */
    int resultsReadiness() {
        return status("http://127.0.0.1:" + resultsManagement + "/q/health/ready");
    }

    /** How many trainers the suggester wants. */
    int wanted() {
        return Api.json(text("http://127.0.0.1:" + suggesterManagement + "/scaling/default"))
                .get("wanted")
                .asInt();
    }

    /** What the suggester counts, as Prometheus reads it. */
    String suggesterMetrics() {
        return text("http://127.0.0.1:" + suggesterManagement + "/q/metrics");
    }

    /** What results counts, as Prometheus reads it. */
    String resultsMetrics() {
        return text("http://127.0.0.1:" + resultsManagement + "/q/metrics");
    }

    /** The processor time that the living processes have used, by their kind; all trainers are one. */
    Map<String, Duration> cpu() {
        Map<String, Duration> used = List.copyOf(all).stream()
                .collect(Collectors.toMap(
                        child -> child.name().replaceAll("^sleeper-.*", "trainers"),
                        Child::cpu,
                        Duration::plus,
                        TreeMap::new));
        used.put("database", databaseServerCpu());
        return used;
    }

    /** Its server is no descendant of the process that started it. */
    private Duration databaseServerCpu() {
        try {
            Path pid = directory.resolve("database").resolve("data").resolve("postmaster.pid");
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0))).stream()
                    .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                    .flatMap(process -> process.info().totalCpuDuration().stream())
                    .reduce(Duration.ZERO, Duration::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String logs() {
        return all.stream().map(Child::tail).collect(Collectors.joining());
    }

    @Override
    public void close() {
        killAll();
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killAll() {
        List.copyOf(all).stream().filter(Child::isAlive).forEach(Child::kill);
    }

    private Child infrastructure(
            String kind, String memory, int port, List<String> arguments, List<String> lastArguments) {
        String name = kind.toLowerCase(java.util.Locale.ROOT);
        Path ready = directory.resolve(name + ".ready");
        List<String> line = new ArrayList<>(List.of(
                memory,
                "-cp",
                home.resolve("cli/target/cli.jar").toString(),
                "io.trialstream.infrastructure." + kind + "Main",
                directory.resolve(name).toString(),
                Integer.toString(port)));
        line.addAll(arguments);
        line.add(ready.toString());
        line.addAll(lastArguments);
        Child child = new Child(name, directory, line, () -> Files.exists(ready) && !FreePorts.isFree(port));
        return add(child);
    }

    private Child service(String name, String module, int port, int management, List<String> settings) {
        String user = module.substring(0, module.indexOf('-'));
        return service(name, module, port, management, kafka.settings(user), settings);
    }

    private Child service(
            String name,
            String module,
            int port,
            int management,
            Map<String, String> kafkaSettings,
            List<String> settings) {
        List<String> line = new ArrayList<>(List.of(
                "-Xmx256m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=" + management));
        line.addAll(settings);
        line.addAll(List.of(
                "-jar",
                home.resolve(module)
                        .resolve("target/quarkus-app/quarkus-run.jar")
                        .toString()));
        String health = "http://127.0.0.1:" + management + "/q/health/ready";
        Child service =
                new Child(name, directory, line, () -> environment(module, kafkaSettings), () -> status(health) == 200);
        managementPorts.put(service, management);
        return add(service);
    }

    /** The database's password is known only once it has started. */
    private Map<String, String> environment(String module, Map<String, String> kafkaSettings) {
        Map<String, String> environment = new HashMap<>(KafkaAccess.environment(kafkaSettings));
        if (module.equals("results-service")) {
            String url = "jdbc:postgresql://127.0.0.1:" + databasePort + "/trialstream";
            DatabaseAccess access = EmbeddedDatabase.access(directory.resolve(database.name()), url);
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", access.url());
            environment.put("QUARKUS_DATASOURCE_USERNAME", access.username());
            environment.put("QUARKUS_DATASOURCE_PASSWORD", access.password());
        }
        return environment;
    }

    private List<String> resultsSettings() {
        return List.of("-Dtrialstream.suggester-url=http://127.0.0.1:" + suggesterPort);
    }

    private Child add(Child child) {
        all.add(child);
        return child;
    }

    private int status(String url) {
        try {
            return http.send(request(url), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String text(String url) {
        try {
            return http.send(request(url), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
    }
}
