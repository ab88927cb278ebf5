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

    /** This process's name in reports and heartbeats; by default host name, process id and a random part. */
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

    /** Where data sets are looked for and downloaded to. */
    @WithDefault("data")
    Path dataDirectory();

    /** Folders of images by the names that studies know them by, as {@code folder:NAME}. */
    Map<String, Path> imageFolders();

    /** How often a sign of life is sent; the same in the whole pool. */
    @WithDefault("PT2S")
    Duration heartbeatInterval();

    /**
     * How long the queue keeps a trial for a trainer that is silent; renewed at a third of it. The broker allows 15 s
     * and more, and a frozen trainer's trial waits as long as this.
     */
    @WithDefault("PT15S")
    Duration lockDuration();

    /** How long one request for a trial waits; below two seconds deliveries are late. */
    @WithDefault("PT2.5S")
    Duration pollTimeout();

    /** How long running epochs may take to finish after SIGTERM, before they are broken off. */
    @WithDefault("PT2M")
    Duration drainTimeout();

    /** Whether to train although the engine's check found it incomplete or slow. */
    @WithDefault("false")
    boolean allowSlowEngine();
}
