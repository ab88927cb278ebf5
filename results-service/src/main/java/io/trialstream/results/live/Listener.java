package io.trialstream.results.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One client of a feed. It holds a position, not a queue: an event is taken only when the client has room for it, which is
 * when the one before has left for its socket. A client that falls behind what the feed keeps reads on from the database.
 * Whatever the number of threads that call, one at a time delivers.
 */
final class Listener implements Flow.Subscription {
    private final StudyFeed feed;
    private final Flow.Subscriber<? super LiveEvent> subscriber;
    private final Consumer<Listener> catchUp;
    private final Consumer<Listener> onEnd;
    private final Runnable connectionEnd;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

    private volatile boolean reading;
    private volatile boolean pingIsDue;
    private volatile long lastDelivery = System.nanoTime();
    // What follows belongs to the delivering thread.
    private final Queue<LiveEvent> page = new ArrayDeque<>();
    private Optional<Long> position = Optional.empty();
    private volatile ChangeRows.Page arrived;
    private volatile long change;
    private long pageUpTo = Long.MIN_VALUE;

    /**
     * A listener that lacks what happens after a change.
     *
     * @param greeting the first event
     * @param catchUp reads what the listener lacks and gives it to {@link #caughtUp}
     * @param onEnd called once, when the stream ends from whichever side
     * @param connectionEnd ends the client's connection, whether or not it takes anything any more
     */
    Listener(
            StudyFeed feed,
            long change,
            LiveEvent greeting,
            Flow.Subscriber<? super LiveEvent> subscriber,
            Consumer<Listener> catchUp,
            Consumer<Listener> onEnd,
            Runnable connectionEnd) {
        this.feed = feed;
        this.change = change;
        this.subscriber = subscriber;
        this.catchUp = catchUp;
        this.onEnd = onEnd;
        this.connectionEnd = connectionEnd;
        page.add(greeting);
    }

    StudyFeed feed() {
        return feed;
    }

    /** The change up to which the client lacks nothing. */
    long change() {
        return change;
    }

    /** For how long nothing was delivered although the client was not asked to wait. */
    boolean isStalled(Duration limit) {
        return demand.get() == 0 && silentFor().compareTo(limit) > 0;
    }

    Duration silentFor() {
        return Duration.ofNanos(System.nanoTime() - lastDelivery);
    }

    /** Has a sign of life delivered, unless there is something to tell. */
    void ping() {
        pingIsDue = true;
        deliver();
    }

    /** What was read for it, or nothing where reading failed: then the next event has it try again. */
    void caughtUp(Optional<ChangeRows.Page> read) {
        read.ifPresent(found -> arrived = found);
        reading = false;
        if (read.isPresent()) {
            deliver();
        }
    }

    @Override
    public void request(long events) {
        demand.accumulateAndGet(events, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        deliver();
    }

    @Override
    public void cancel() {
        if (ended.compareAndSet(false, true)) {
            onEnd.accept(this);
        }
    }

    /** Ends the stream from this side. */
    void complete() {
        if (ended.compareAndSet(false, true)) {
            onEnd.accept(this);
            subscriber.onComplete();
        }
    }

    /** Ends the stream of a client that takes nothing any more: its last words would never leave. */
    void disconnect() {
        cancel();
        connectionEnd.run();
    }

    /** Delivers what there is room for. */
    void deliver() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            while (!ended.get() && demand.get() > 0) {
                Optional<LiveEvent> event = next();
                if (event.isEmpty()) {
                    break;
                }
                demand.decrementAndGet();
                lastDelivery = System.nanoTime();
                pingIsDue = false;
                subscriber.onNext(event.get());
            }
            seen = calls.addAndGet(-seen);
        } while (seen != 0);
    }

    private Optional<LiveEvent> next() {
        Optional<LiveEvent> event = nextEvent();
        if (event.isPresent()) {
            return event;
        }
        if (feed.hasEnded() && position.isPresent() && feed.at(position.get()).isEmpty()) {
            complete();
            return Optional.empty();
        }
        return pingIsDue ? Optional.of(LiveEvent.PING) : Optional.empty();
    }

    private Optional<LiveEvent> nextEvent() {
        ChangeRows.Page read = arrived;
        if (read != null) {
            arrived = null;
            page.addAll(read.events());
            pageUpTo = read.upTo();
        }
        if (!page.isEmpty()) {
            return Optional.of(told(page.poll()));
        }
        change = Math.max(change, pageUpTo);
        return fromFeed();
    }

    private Optional<LiveEvent> fromFeed() {
        if (position.isEmpty()) {
            position = feed.positionAfter(change);
        }
        while (position.isPresent()) {
            Optional<LiveEvent> event = feed.at(position.get());
            if (event.isEmpty()) {
                return event;
            }
            if (event.get() == StudyFeed.LOST) {
                position = Optional.empty();
                break;
            }
            position = Optional.of(position.get() + 1);
            boolean known =
                    event.get().change() != LiveEvent.PASSING && event.get().change() <= change;
            if (!known) {
                return Optional.of(told(event.get()));
            }
        }
        if (!reading) {
            reading = true;
            catchUp.accept(this);
        }
        return Optional.empty();
    }

    private LiveEvent told(LiveEvent event) {
        event.id().ifPresent(id -> change = Math.max(change, id));
        return event;
    }
}
