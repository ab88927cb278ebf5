package io.trialstream.infrastructure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker (KRaft, one node) inside this JVM, listening on the loopback address only.
 *
 * <p>What it stores lies in one directory. Started again on the same directory, on the same or on other ports, it is
 * the same cluster with the same topics, groups and offsets. Several brokers may run side by side in one JVM, each on a
 * directory of its own. The end of the JVM stops them; {@link #close} may be called from any thread, more than once.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String META_PROPERTIES = "meta.properties";

    private final KafkaRaftServer server;
    private final BrokerPorts ports;
    private final String clusterId;
    private final OneTimeClose close;

    private EmbeddedBroker(KafkaRaftServer server, BrokerPorts ports, String clusterId, Runnable afterClose) {
        this.server = server;
        this.ports = ports;
        this.clusterId = clusterId;
        this.close = new OneTimeClose("broker", () -> {
            server.shutdown();
            server.awaitShutdown();
            afterClose.run();
        });
    }

    /** Starts a broker on free ports in a new temporary directory, which {@link #close} deletes. */
    public static EmbeddedBroker startTemporary() {
        return startTemporary(Map.of());
    }

    /** Starts a temporary broker as {@link #startTemporary()} does, with some of its settings replaced. */
    public static EmbeddedBroker startTemporary(Map<String, String> overrides) {
        Path directory = Directories.createTemporary("trialstream-broker");
        return start(directory, BrokerPorts.free(), overrides, () -> Directories.delete(directory));
    }

    /**
     * Starts a broker on free ports with what {@code directory} holds; an absent or empty one becomes a new cluster.
     */
    public static EmbeddedBroker start(Path directory) {
        return start(directory, BrokerPorts.free(), Map.of());
    }

    /**
     * Starts a broker and returns when it serves clients.
     *
     * @param overrides broker settings (Kafka's own names) that replace the ones used here
     * @throws IllegalStateException when the broker does not start, a port being taken among other reasons
     */
    public static EmbeddedBroker start(Path directory, BrokerPorts ports, Map<String, String> overrides) {
        return start(directory, ports, overrides, () -> {});
    }

    private static EmbeddedBroker start(
            Path directory, BrokerPorts ports, Map<String, String> overrides, Runnable afterClose) {
        QuietLogging.apply();
        Path logs = Directories.createPrivate(directory);
        requireFree(ports);
        KafkaRaftServer server = null;
        try {
            String clusterId = clusterIdOf(logs);
            server = new KafkaRaftServer(new KafkaConfig(BrokerSettings.of(logs, ports, overrides)), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, ports, clusterId, afterClose);
        } catch (Exception e) {
            if (server != null) {
                server.shutdown();
            }
            throw new IllegalStateException("the broker did not start on " + ports + " in " + logs, e);
        }
    }

    /** The broker would find out by itself, but only after half a start, which takes long to undo. */
    private static void requireFree(BrokerPorts ports) {
        for (int port : List.of(ports.client(), ports.controller())) {
            if (!FreePorts.isFree(port)) {
                throw new IllegalStateException("another process listens on port " + port);
            }
        }
    }

    /** Answers the address for a client's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.client();
    }

    /** Answers the ports it listens on. */
    public BrokerPorts ports() {
        return ports;
    }

    /** Answers the identity of the cluster, which stays with the directory. */
    public String clusterId() {
        return clusterId;
    }

    /** Waits until the broker has stopped. */
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    /** Stops the broker in order and returns when it has stopped. */
    @Override
    public void close() {
        close.run();
    }

    private static String clusterIdOf(Path logs) throws Exception {
        Path metaProperties = logs.resolve(META_PROPERTIES);
        if (!Files.exists(metaProperties)) {
            format(logs);
        }
        return readClusterId(metaProperties);
    }

    private static void format(Path logs) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE_ID)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(logs.toString())
                .addDirectory(logs.toString())
                .run();
    }

    private static String readClusterId(Path metaProperties) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(metaProperties)) {
            properties.load(in);
        }
        return properties.getProperty("cluster.id");
    }
}
