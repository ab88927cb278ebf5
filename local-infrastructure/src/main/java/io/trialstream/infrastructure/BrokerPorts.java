package io.trialstream.infrastructure;

import java.util.List;

/**
 * The two ports of an {@link EmbeddedBroker}.
 *
 * @param client where clients connect
 * @param controller where the broker reaches its own KRaft controller
 */
public record BrokerPorts(int client, int controller) {
    public BrokerPorts {
        requirePort("client", client);
        requirePort("controller", controller);
        if (client == controller) {
            throw new IllegalArgumentException("client and controller ports are both " + client);
        }
    }

    /** Answers two ports that are free now. */
    public static BrokerPorts free() {
        List<Integer> ports = FreePorts.several(2);
        return new BrokerPorts(ports.get(0), ports.get(1));
    }

    private static void requirePort(String name, int value) {
        if (value < 1 || value > 65_535) {
            throw new IllegalArgumentException(name + " is not a port: " + value);
        }
    }
}
