package io.trialstream.suggester.loop;

import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.messaging.EventPublisher;
import java.time.Duration;
import java.util.UUID;

/**
 * The suggester's clock: it publishes ticks, and time passes when it reads them back, so that nobody is silent while the
 * broker is away. Confined to the suggester's loop, except {@link #silence()}.
 */
final class OwnTicks {
    private final String suggesterId = "suggester-" + UUID.randomUUID();
    private final EventPublisher publisher;
    private final Duration period;
    private long sent;
    private long lastSentNanos;
    private volatile long lastReadNanos = System.nanoTime();

    OwnTicks(EventPublisher publisher, Duration period) {
        this.publisher = publisher;
        this.period = period;
    }

    /** Publishes a tick, unless the last one is younger than the period. */
    void sendIfDue() {
        long now = System.nanoTime();
        if (sent == 0 || now - lastSentNanos >= period.toNanos()) {
            lastSentNanos = now;
            publisher.publish(Topics.TRAINERS, suggesterId, new TrainerEvent.Tick(suggesterId, ++sent));
        }
    }

    /** Silence is measured from now on, as if a tick had been read. */
    void restartSilence() {
        lastReadNanos = System.nanoTime();
    }

    /** A tick was read back; answers whether it is one of this suggester's. */
    boolean read(TrainerEvent.Tick tick) {
        boolean own = tick.suggesterId().equals(suggesterId);
        if (own) {
            restartSilence();
        }
        return own;
    }

    /** For how long no own tick has come back from the broker. From any thread. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastReadNanos);
    }
}
