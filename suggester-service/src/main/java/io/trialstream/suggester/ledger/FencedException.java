package io.trialstream.suggester.ledger;

import org.apache.kafka.common.KafkaException;

/**
 * Another suggester has opened the ledger, or this one was away for longer than a transaction may last. Either way it
 * must end: opening the ledger again would fence a successor.
 */
public final class FencedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    /** Caused by this exception of Kafka's. */
    public FencedException(Throwable cause) {
        super("another suggester has taken over, or this one was away for too long", cause);
    }
}
