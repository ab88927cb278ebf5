package io.trialstream.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The trainer's settings. The broker is configured by {@code kafka.*}, as in every Quarkus service. */
@ConfigMapping(prefix = "trialstream.trainer")
public interface TrainerConfiguration {

    /** The name of this process in reports and heartbeats; by default host name, process id and a random part. */
    Optional<String> id();

    /** The pool whose queue this trainer serves. Its trainers are alike: engine, device, memory, data sets. */
    @WithDefault("default")
    String pool();

    /** How many trials are trained at once. */
    @WithDefault("1")
    int slots();

    /**
     * The most memory, in MiB, that the training of one trial may take outside of the Java heap; a configuration that
     * needs more is infeasible. By default an equal part for each slot of what the engine may take.
     */
    OptionalLong memoryPerTrialMebibytes();

    /** The directory of data sets; missing ones are downloaded to it. */
    @WithDefault("data")
    Path dataDirectory();

    /** Folders of images by name; studies refer to them as {@code folder:NAME}. */
    Map<String, Path> imageFolders();

    /** How often a heartbeat is sent; the same in the whole pool. */
    @WithDefault("PT2S")
    Duration heartbeatInterval();

    /**
     * How long the queue locks a trial for a trainer without renewal; it is renewed after a third of that. The broker
     * allows 15 s or more. The trial of a frozen trainer waits this long.
     */
    @WithDefault("PT15S")
    Duration lockDuration();

    /** How long one poll of the queue waits; below two seconds, deliveries are late. */
    @WithDefault("PT2.5S")
    Duration pollTimeout();

    /** How long running epochs may take to finish after SIGTERM before they are interrupted. */
    @WithDefault("PT2M")
    Duration drainTimeout();

    /** Whether to train even if the engine's check finds it incomplete or slow. */
    @WithDefault("false")
    boolean allowSlowEngine();
}
