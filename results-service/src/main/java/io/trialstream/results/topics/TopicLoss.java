package io.trialstream.results.topics;

import java.util.Optional;

/**
 * A loss of records from a topic.
 *
 * @param kind how they were lost
 * @param topic from which topic
 * @param partition from which partition; empty where it is the whole topic
 * @param records how many records are gone, as far as that is known; else 0
 */
public record TopicLoss(Kind kind, String topic, Optional<Integer> partition, long records) {

    /** How records were lost. */
    public enum Kind {
        /** The topic was deleted and recreated, or belongs to another Kafka cluster. */
        REPLACED,
        /** The topic ends before what was read: the broker has lost records. */
        CUT_BACK,
        /** Records were deleted before they were read, as after a longer absence than the topic's retention. */
        DELETED_UNREAD
    }

    /** The same for people. */
    public String text() {
        String where = topic + partition.map(number -> " partition " + number).orElse("");
        return switch (kind) {
            case REPLACED -> where + " was deleted and made anew";
            case CUT_BACK -> where + " ends " + records + " records before what was read";
            case DELETED_UNREAD -> records + " records of " + where + " were deleted before they were read";
        };
    }

    /** Whether the topic is to be read from its beginning. */
    public boolean startsAnew() {
        return kind != Kind.DELETED_UNREAD;
    }
}
