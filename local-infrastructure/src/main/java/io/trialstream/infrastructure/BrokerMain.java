package io.trialstream.infrastructure;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A broker as a process of its own: {@code BrokerMain DIRECTORY PORT CONTROLLER_PORT READY_FILE [SETTINGS_FILE]}. The
 * last is a properties file with broker settings (Kafka's own names) that replace the ones used here.
 *
 * <p>Writes its {@code bootstrap.servers} to the ready file when it serves clients, ends in order on SIGTERM or SIGINT,
 * and exits with 1 when it cannot start, with 2 on wrong use.
 */
public final class BrokerMain {
    private static final String USAGE = "BrokerMain DIRECTORY PORT CONTROLLER_PORT READY_FILE [SETTINGS_FILE]";

    private BrokerMain() {}

    /** Runs the broker until the process is told to end. */
    public static void main(String[] args) {
        ServerMain.run(USAGE, args.length == 4 || args.length == 5, () -> {
            BrokerPorts ports = new BrokerPorts(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            EmbeddedBroker broker =
                    EmbeddedBroker.start(Path.of(args[0]), ports, args.length == 5 ? read(Path.of(args[4])) : Map.of());
            ServerMain.announce(broker.bootstrapServers(), args[3]);
            broker.awaitShutdown();
            return null;
        });
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        return settings.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), settings::getProperty));
    }
}
