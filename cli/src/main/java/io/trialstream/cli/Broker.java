package io.trialstream.cli;

import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.Role;
import io.trialstream.cli.stack.StackProcess;
import io.trialstream.messaging.KafkaConnection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Option;

/** The options that say which broker a command talks to, and how. */
final class Broker {
    private static final String CONFIG_VARIABLE = "TRIALSTREAM_KAFKA_CONFIG";
    private static final String ADDRESS = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The broker (default: that of --kafka-config, else of the running local stack).")
    private String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "A properties file with Kafka's client settings, such as bootstrap.servers,"
                    + " security.protocol, sasl.* and ssl.* (default: $" + CONFIG_VARIABLE + ").")
    private Path config;

    /** The broker that is meant, that of the stack in this directory if no other, and all that its clients need. */
    KafkaConnection connection(Session session, DataDirectory directory) {
        return connection(System.getenv(CONFIG_VARIABLE), () -> localBroker(directory.runningStack(session)));
    }

    /** The same, with what the environment names and the local stack's broker, for when nothing else is given. */
    KafkaConnection connection(String environment, Supplier<String> localBroker) {
        Optional<Path> file = Optional.ofNullable(config).or(() -> Optional.ofNullable(environment)
                .filter(name -> !name.isBlank())
                .map(Path::of));
        Map<String, Object> settings = file.map(Broker::read).orElseGet(HashMap::new);
        if (bootstrapServers != null) {
            settings.put(ADDRESS, bootstrapServers);
        } else if (file.isEmpty()) {
            settings.put(ADDRESS, localBroker.get());
        } else if (settings.getOrDefault(ADDRESS, "").toString().isBlank()) {
            throw new CommandException(
                    file.get() + " has no " + ADDRESS + "; add it, or name the broker with --bootstrap-servers");
        }
        return new KafkaConnection(settings);
    }

    private static Map<String, Object> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException("the Kafka settings in " + file + " cannot be read: " + e);
        }
        Map<String, Object> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private static String localBroker(LocalStack stack) {
        return stack.state()
                .flatMap(state -> state.first(Role.BROKER))
                .filter(StackProcess::isAlive)
                .map(StackProcess::address)
                .orElseThrow(() -> new CommandException(
                        "no stack runs in " + stack.directory().root()
                                + "; start one with: trialstream up, or name another directory with --data-dir, or a broker"
                                + " with --bootstrap-servers or --kafka-config"));
    }
}
