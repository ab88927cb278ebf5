package io.trialstream.cli.stack;

import java.time.Duration;

/** What a process of the stack is, in the order in which the stack ends them. */
public enum Role {
    /** Ends its epoch and writes a checkpoint before it goes. */
    TRAINER(Duration.ofSeconds(60)),
    /** The one origin for users. */
    RESULTS(Duration.ofSeconds(20)),
    /** Proposes the trials. */
    SUGGESTER(Duration.ofSeconds(20)),
    /** PostgreSQL. */
    DATABASE(Duration.ofSeconds(20)),
    /** Kafka. */
    BROKER(Duration.ofSeconds(20));

    private final Duration patience;

    Role(Duration patience) {
        this.patience = patience;
    }

    /** How long it may take to end after it was told to, before it is killed. */
    public Duration patience() {
        return patience;
    }
}
