package io.trialstream.suggester.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** The suggester's configuration. */
@ConfigMapping(prefix = "trialstream.suggester")
public interface SuggesterSettings {

    /** The pools whose queues exist; a study of any other pool is refused. */
    @WithDefault("default")
    List<String> pools();

    /** Trials that are queued beyond the free slots: throughput at the price of older evidence. */
    @WithDefault("0")
    int lookahead();

    /** The period of the suggester's ticks, by which silence is measured. */
    @WithDefault("PT2S")
    Duration tick();

    /** A trainer that was silent for more than this many ticks offers no capacity. */
    @WithDefault("5")
    int silentTicks();

    /** A run that no heartbeat named for more than this many ticks is lost, and its trial is queued again. */
    @WithDefault("30")
    int lostTicks();

    /** A run that is alive but finishes no epoch for so long is told that it is stuck, unless its epochs are slow. */
    @WithDefault("PT1M")
    Duration stuckAfter();

    /** An epoch may take so many times its trial's slowest one before the run is stuck. */
    @WithDefault("5")
    int stuckFactor();

    /** How long a trial's first epoch may take, the loading of data included, of which nothing is known before. */
    @WithDefault("PT1H")
    Duration firstEpochLimit();

    /** For how many ticks after the queue has passed a trial's record a sign of a run is waited for. */
    @WithDefault("3")
    int passedTicks();

    /** A trial is given up as FAILED when this many of its runs broke off or were lost. */
    @WithDefault("3")
    int runsLostLimit();

    /** A study whose sampler takes longer than this for a suggestion ends FAILED. */
    @WithDefault("PT1M")
    Duration suggestionLimit();

    /** Trials at once that a study without a bound of its own may ask for, and trainers of a pool. */
    @WithDefault("100")
    int concurrencyCeiling();

    /** Fixed for an installation: the newest suggester fences every other one with the same id. */
    @WithDefault("trialstream-suggester")
    String transactionalId();
}
