package io.trialstream.infrastructure;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The broker's configuration for one node that is broker and controller, with nothing replicated.
 *
 * <p>Sizes are small because a developer's machine carries the broker beside the trainers. Timings are short where the
 * defaults only make sense for a cluster under load: a share group's first delivery follows its members' second
 * heartbeat, which by default comes 5 s after the first.
 */
final class BrokerSettings {
    static final int NODE_ID = 1;

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", Integer.toString(NODE_ID)),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("inter.broker.listener.name", "CLIENTS"),
            Map.entry("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            // A topic exists because its definition was applied, never because somebody misspelt its name.
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "4"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            Map.entry("group.share.min.heartbeat.interval.ms", "500"),
            Map.entry("group.share.heartbeat.interval.ms", "1000"),
            // One member for each slot; those of a killed trainer count until their session ends.
            Map.entry("group.share.max.size", "1000"),
            Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("log.initial.task.delay.ms", "5000"));

    private BrokerSettings() {}

    static Map<String, String> of(Path logDirectory, BrokerPorts ports, Map<String, String> overrides) {
        String clients = "CLIENTS://127.0.0.1:" + ports.client();
        Map<String, String> settings = new HashMap<>(FIXED);
        settings.put("listeners", clients + ",CONTROLLER://127.0.0.1:" + ports.controller());
        settings.put("advertised.listeners", clients);
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + ports.controller());
        settings.put("log.dirs", logDirectory.toString());
        settings.putAll(overrides);
        return settings;
    }
}
