package io.trialstream.suggester.ledger;

import org.apache.kafka.common.KafkaException;

/**
 * Another suggester has opened the ledger, or this one was away for longer than a transaction may last. Either way it
 * must end: to open the ledger again would fence a successor.
 */
public final class FencedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    /** Kafka's word for it. */
    public FencedException(Throwable cause) {
        super("another suggester has taken over, or this one was away for too long", cause);
    }
}
