package io.trialstream.messaging;

import io.trialstream.contracts.Message;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.TopicDefinition.Cleanup;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.TrialState;
import io.trialstream.infrastructure.SharedServers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The broker that all tests of this module share, and topics that belong to one test each. */
final class TestTopics {
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private TestTopics() {}

    static KafkaConnection connection() {
        return new KafkaConnection(Map.of("bootstrap.servers", SharedServers.bootstrapServers()));
    }

    /** A definition with a name that no other test has; the topic does not exist yet. */
    static TopicDefinition defined(String purpose, int partitions, Cleanup cleanup, Class<? extends Message> message) {
        return new TopicDefinition(purpose + "-" + UUID.randomUUID(), partitions, cleanup, Optional.empty(), message);
    }

    /** A new topic of outcomes that belongs to the calling test; the dead letters exist as well. */
    static TopicDefinition outcomes(int partitions) {
        TopicDefinition topic = defined("outcomes", partitions, Cleanup.DELETE, Outcome.class);
        new TopicProvisioner(connection()).ensure(List.of(topic, Topics.DEAD_LETTERS));
        return topic;
    }

    static DeadLetters deadLetters(EventPublisher publisher) {
        return new DeadLetters(publisher, "test-reader", Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static Outcome outcome(String studyId, int number) {
        Reason reason = new Reason("TEST", "for a test");
        return Outcome.withoutEvidence(
                new TrialId(studyId, number),
                new Outcome.Row(1, "hash", NOW),
                new Outcome.End(TrialState.CANCELLED, Optional.empty(), 0, Optional.empty(), Optional.of(reason)));
    }
}
