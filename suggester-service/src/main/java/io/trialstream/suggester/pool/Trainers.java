package io.trialstream.suggester.pool;

import io.trialstream.contracts.Capability;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.State;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trainers that have sent heartbeats since this suggester started. Time is counted in the suggester's own ticks as
 * it reads them back, so an outage of the broker stops the clock for everyone. Confined to the suggester's loop.
 */
public final class Trainers {
    /** A trainer sends a heartbeat every 2 s, which is a tick unless it is configured otherwise. */
    private static final int TICKS_UNTIL_ALL_ARE_KNOWN = 5;

    private final int silentTicks;
    private final Map<String, Seen> byId = new HashMap<>();
    private long tick;

    /** Not every heartbeat has the trainer's capabilities; those that one had hold for the trainer's life. */
    private record Seen(Heartbeat heartbeat, long tick, Optional<List<Capability>> capabilities) {}

    /** A trainer counts until it was silent for this many ticks. */
    public Trainers(int silentTicks) {
        this.silentTicks = silentTicks;
    }

    /** The suggester read one of its own ticks back. */
    public void tick() {
        tick++;
        byId.values().removeIf(seen -> tick - seen.tick() > silentTicks);
    }

    /** A heartbeat, in the order in which its trainer sent it: a trainer has one partition. */
    public void apply(Heartbeat heartbeat) {
        if (heartbeat.state() == State.STOPPED) {
            byId.remove(heartbeat.trainerId());
        } else {
            Optional<List<Capability>> capabilities = heartbeat.capabilities().or(() -> Optional.ofNullable(
                            byId.get(heartbeat.trainerId()))
                    .flatMap(Seen::capabilities));
            byId.put(heartbeat.trainerId(), new Seen(heartbeat, tick, capabilities));
        }
    }

    /** The present tick. */
    public long now() {
        return tick;
    }

    /** Slots of the pool's ready trainers. */
    public int capacity(String pool) {
        return ready(pool).stream().mapToInt(Heartbeat::slots).sum();
    }

    /** What is known of the pool's trainers. */
    public PoolKnowledge knowledge(String pool) {
        List<Seen> ready = byId.values().stream()
                .filter(seen -> seen.heartbeat().pool().equals(pool))
                .filter(seen -> seen.heartbeat().state() == State.READY)
                .toList();
        return new PoolKnowledge(
                pool,
                tick >= TICKS_UNTIL_ALL_ARE_KNOWN,
                ready.size(),
                ready.stream().map(Seen::capabilities).flatMap(Optional::stream).toList());
    }

    /** Slots per trainer of the pool, at least 1: what one more trainer would bring. */
    public int slotsPerTrainer(String pool) {
        return of(pool).stream().mapToInt(Heartbeat::slots).max().orElse(1);
    }

    /** The newest heartbeats of all trainers. */
    public List<Heartbeat> all() {
        return byId.values().stream().map(Seen::heartbeat).toList();
    }

    private Collection<Heartbeat> ready(String pool) {
        return of(pool).stream()
                .filter(heartbeat -> heartbeat.state() == State.READY)
                .toList();
    }

    private Collection<Heartbeat> of(String pool) {
        return all().stream().filter(heartbeat -> heartbeat.pool().equals(pool)).toList();
    }
}
