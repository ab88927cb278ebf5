package io.trialstream.results.live;

import java.util.OptionalLong;

/**
 * An event of a study's stream.
 *
 * @param change the change that it tells of; {@link #PASSING} where it tells of none that is counted
 * @param id present where a client that has it lacks nothing up to that change
 * @param name the kind of event
 * @param data JSON
 */
record LiveEvent(long change, OptionalLong id, String name, String data) {
    /** The change of events that are not told again. */
    static final long PASSING = -1;

    /** A sign that the stream lives. */
    static final LiveEvent PING = new LiveEvent(PASSING, OptionalLong.empty(), "", "");

    /** An event that is not told again. */
    static LiveEvent passing(String name, String data) {
        return new LiveEvent(PASSING, OptionalLong.empty(), name, data);
    }
}
