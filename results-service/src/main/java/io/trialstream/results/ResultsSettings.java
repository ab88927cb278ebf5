package io.trialstream.results;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** The settings of the results service, under {@code trialstream.results}. */
@ConfigMapping(prefix = "trialstream.results")
public interface ResultsSettings {

    /**
     * Where the suggester's REST interface is; commands go there. Environment: {@code
     * TRIALSTREAM_RESULTS_SUGGESTER_URL}, or {@code TRIALSTREAM_SUGGESTER_URL}.
     */
    @WithDefault("${trialstream.suggester-url:http://localhost:8081}")
    URI suggesterUrl();

    /** How long the suggester may take to answer a command. */
    @WithDefault("PT30S")
    Duration suggesterTimeout();

    /** How long the answer to a command waits at most until readers see its effect. */
    @WithDefault("PT2S")
    Duration readYourWrites();

    /**
     * How often outcomes are looked for that were stored but are not known to be published, and how often it is tried again
     * to delete files whose store was away.
     */
    @WithDefault("PT10S")
    Duration sweepEvery();

    /** How often a replica that does not ingest asks whether it may. */
    @WithDefault("PT1S")
    Duration takeoverEvery();

    /** The longest pause between two attempts while the database or the broker is away. */
    @WithDefault("PT5S")
    Duration longestRetryPause();

    /** How often the lag and the number of unpublished outcomes are measured. */
    @WithDefault("PT10S")
    Duration measureEvery();

    /** From how many trials on a study has orders by metrics kept that readers ask for; smaller ones are sorted. */
    @WithDefault("10000")
    int keepOrdersFrom();

    /** How many studies have gauges of their own: each brings about eight series. */
    @WithDefault("50")
    int measuredStudies();

    /** Streams of events. */
    Live live();

    /** The settings of the streams of events, under {@code trialstream.results.live}. */
    interface Live {

        /** How many streams a replica serves at once; the next one is refused with 429. */
        @WithDefault("2000")
        int maxClients();

        /** How often changes are looked for: what happens in between to one trial is one event. */
        @WithDefault("PT0.25S")
        Duration lookEvery();

        /** After how much silence a comment says that the stream lives. */
        @WithDefault("PT15S")
        Duration pingAfter();

        /** A client that has not taken an event for so long is disconnected; it may come back where it was. */
        @WithDefault("PT30S")
        Duration stalledAfter();
    }
}
