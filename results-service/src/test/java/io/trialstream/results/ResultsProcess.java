package io.trialstream.results;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.infrastructure.DatabaseAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The packaged service as a process of its own, so that it can be killed. */
public final class ResultsProcess implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<ResultsProcess> STARTED = new CopyOnWriteArrayList<>();
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Process process;
    private final int port;
    private final int managementPort;
    private final Path log;

    private ResultsProcess(Process process, int port, int managementPort, Path log) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
    }

    /** Starts it and returns at once. */
    static ResultsProcess start(String bootstrapServers, DatabaseAccess database, String... options)
            throws IOException {
        int port = freePort();
        int managementPort = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + managementPort,
                "-Dkafka.bootstrap.servers=" + bootstrapServers,
                "-Dquarkus.datasource.jdbc.url=" + database.url(),
                "-Dquarkus.datasource.username=" + database.username(),
                "-Dtrialstream.artifacts.directory=" + Servers.artifacts(),
                "-Dtrialstream.results.sweep-every=PT1S"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        Path log = Files.createDirectories(Path.of("target", "processes")).resolve("results-" + port + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        Process process = builder.start();
        ResultsProcess started = new ResultsProcess(process, port, managementPort, log);
        STARTED.add(started);
        return started;
    }

    /** Waits until it is ready. */
    ResultsProcess awaitReady() {
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("results ended, see " + log);
            }
            return isReady();
        });
        return this;
    }

    /** Waits until it has ended by itself, and answers its exit status. */
    int awaitEnd() {
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> !process.isAlive());
        return process.exitValue();
    }

    /** What it has said. */
    String log() throws IOException {
        return Files.readString(log);
    }

    private boolean isReady() {
        try {
            return health().path("status").asText().equals("UP");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** The readiness check's answer. */
    JsonNode health() {
        return get(managementPort, "/q/health/ready");
    }

    /** What the readiness check says of the ingest. */
    JsonNode ingest() {
        return check("ingest");
    }

    /** What the readiness check of this name says. */
    JsonNode check(String name) {
        JsonNode health = health();
        for (JsonNode check : health.path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + health);
    }

    /** An answer of the REST interface. */
    JsonNode get(String path) {
        return get(port, path);
    }

    private static JsonNode get(int port, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            return JSON.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends all that were started, whatever became of their test. */
    static void killAll() {
        STARTED.forEach(ResultsProcess::kill);
        STARTED.clear();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
