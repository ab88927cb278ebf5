package io.trialstream.results.live;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A study's newest events, kept once for all its listeners, and within bounds: a listener that needs older ones reads
 * them from the database. Events have positions that count up for ever. Thread-safe.
 */
final class StudyFeed {
    /** Stands for an event that is no longer kept. */
    static final LiveEvent LOST = new LiveEvent(LiveEvent.PASSING, OptionalLong.empty(), "lost", "");

    private static final int MOST_EVENTS = 2_048;
    private static final int MOST_CHARACTERS = 1 << 20;

    private final String studyId;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    /** The event at position p is in the place p modulo the length. */
    private final LiveEvent[] events = new LiveEvent[MOST_EVENTS];

    private long first;
    private long next;
    private int characters;
    private long upTo;
    private long floor;
    private boolean ended;

    /** A feed of what happens after a change. */
    StudyFeed(String studyId, long change) {
        this.studyId = studyId;
        this.upTo = change;
        this.floor = change;
    }

    String studyId() {
        return studyId;
    }

    Set<Listener> listeners() {
        return listeners;
    }

    /** The change up to which everything was appended. */
    synchronized long upTo() {
        return upTo;
    }

    /** Appends events that complete everything up to a change. */
    synchronized void append(List<LiveEvent> newer, long change) {
        for (LiveEvent event : newer) {
            if (next - first == MOST_EVENTS) {
                forgetFirst();
            }
            events[place(next++)] = event;
            characters += event.data().length();
        }
        while (characters > MOST_CHARACTERS && next - first > 1) {
            forgetFirst();
        }
        upTo = Math.max(upTo, change);
    }

    /** Nothing more will come. */
    synchronized void end() {
        ended = true;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** Where a listener goes on that lacks nothing up to a change; empty where it lacks what is no longer kept. */
    synchronized Optional<Long> positionAfter(long change) {
        if (change < floor) {
            return Optional.empty();
        }
        long position = next;
        while (position > first) {
            LiveEvent before = events[place(position - 1)];
            if (before.change() != LiveEvent.PASSING && before.change() <= change) {
                break;
            }
            position--;
        }
        return Optional.of(position);
    }

    /** The event at a position; empty where it has not happened yet, {@link #LOST} where it is no longer kept. */
    synchronized Optional<LiveEvent> at(long position) {
        if (position < first) {
            return Optional.of(LOST);
        }
        return position < next ? Optional.of(events[place(position)]) : Optional.empty();
    }

    private void forgetFirst() {
        LiveEvent oldest = events[place(first)];
        events[place(first++)] = null;
        characters -= oldest.data().length();
        floor = Math.max(floor, oldest.change());
    }

    private static int place(long position) {
        return (int) (position % MOST_EVENTS);
    }
}
