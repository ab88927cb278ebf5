package io.trialstream.infrastructure;

import java.nio.file.Path;
import java.util.Map;

/**
 * A broker as a process of its own: {@code BrokerMain DIRECTORY PORT CONTROLLER_PORT READY_FILE}.
 *
 * <p>Writes its {@code bootstrap.servers} to the ready file when it serves clients, ends in order on SIGTERM or SIGINT,
 * and exits with 1 when it cannot start, with 2 on wrong use.
 */
public final class BrokerMain {
    private BrokerMain() {}

    /** Runs the broker until the process is told to end. */
    public static void main(String[] args) {
        ServerMain.run("BrokerMain DIRECTORY PORT CONTROLLER_PORT READY_FILE", args.length == 4, () -> {
            BrokerPorts ports = new BrokerPorts(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), ports, Map.of());
            ServerMain.announce(broker.bootstrapServers(), args[3]);
            broker.awaitShutdown();
            return null;
        });
    }
}
