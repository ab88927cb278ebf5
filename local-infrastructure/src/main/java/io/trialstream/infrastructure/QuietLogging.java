package io.trialstream.infrastructure;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Raises the level of the servers' loggers, which write several hundred lines for one start.
 *
 * <p>Works through {@code java.util.logging}, which is what JBoss LogManager (Quarkus) and slf4j-jdk14 read. A level
 * that somebody has set before is left as it is.
 */
final class QuietLogging {
    private static final Map<String, Level> LEVELS = Map.ofEntries(
            Map.entry("kafka", Level.WARNING),
            Map.entry("org.apache.kafka", Level.WARNING),
            Map.entry("state.change.logger", Level.WARNING),
            Map.entry("com.yammer", Level.WARNING),
            // Two clients or brokers in one JVM: the second finds its JMX name taken, which harms nothing.
            Map.entry("org.apache.kafka.common.utils.AppInfoParser", Level.SEVERE),
            // Says at each start that settings of other roles are unknown to this one.
            Map.entry("org.apache.kafka.common.config.AbstractConfig", Level.SEVERE),
            // Warns that a new cluster has no metadata yet, and that a closed client is closed again.
            Map.entry("org.apache.kafka.controller.QuorumController", Level.SEVERE),
            Map.entry("org.apache.kafka.clients.NetworkClient", Level.SEVERE));

    // java.util.logging holds its loggers weakly: without these references the levels would be lost.
    private static List<Logger> held = List.of();

    private QuietLogging() {}

    static synchronized void apply() {
        if (held.isEmpty()) {
            held = LEVELS.entrySet().stream()
                    .map(entry -> quieten(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    private static Logger quieten(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        if (logger.getLevel() == null) {
            logger.setLevel(level);
        }
        return logger;
    }
}
