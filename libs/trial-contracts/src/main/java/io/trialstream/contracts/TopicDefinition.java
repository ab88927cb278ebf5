package io.trialstream.contracts;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A topic as it must exist.
 *
 * @param name the topic's name
 * @param partitions how many partitions it has, for ever
 * @param cleanup what Kafka does with old records
 * @param retention how long deleted topics keep records; empty for compaction alone
 * @param message the kind of message it carries
 */
public record TopicDefinition(
        String name, int partitions, Cleanup cleanup, Optional<Duration> retention, Class<? extends Message> message) {

    /** Kafka's {@code cleanup.policy}. */
    public enum Cleanup {
        /** The newest record of each key stays. */
        COMPACT("compact"),
        /** Records go after the retention time. */
        DELETE("delete"),
        /** The newest record of each key stays, until the retention time. */
        COMPACT_AND_DELETE("compact,delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }

        /** The value of {@code cleanup.policy}. */
        public String policy() {
            return policy;
        }
    }

    /** Refuses absent fields. */
    public TopicDefinition {
        Require.text("name", name);
        Require.atLeast("partitions", 1, partitions);
        Require.present("cleanup", cleanup);
        Require.present("retention", retention);
        Require.present("message", message);
    }

    /** The topic's settings by Kafka's names. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cleanup.policy", cleanup.policy());
        retention.ifPresent(time -> settings.put("retention.ms", Long.toString(time.toMillis())));
        return settings;
    }
}
