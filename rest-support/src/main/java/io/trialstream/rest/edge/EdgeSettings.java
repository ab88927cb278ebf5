package io.trialstream.rest.edge;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a REST service accepts at all, under {@code trialstream.rest}. */
@ConfigMapping(prefix = "trialstream.rest")
public interface EdgeSettings {

    /** The largest body of a request, a study file among them. */
    @WithDefault("256K")
    MemorySize largestBody();

    /**
     * Other limits, by the last segment of the path: {@code enqueue} (4M), {@code import} (32M) and {@code sign-in}
     * (8K) have one.
     */
    Map<String, MemorySize> largestBodies();

    /** How long the sender of a body has until the whole of it is here; later the request is answered 408. */
    @WithDefault("PT1M")
    Duration bodyPatience();

    /** How much of all bodies together is held in memory; what goes beyond it is answered 429. */
    @WithDefault("128M")
    MemorySize bodiesInMemory();

    /**
     * How many requests that change something are served at once; a further one is answered 429. Counted are those whose
     * sender is known and allowed, and whose body is here.
     */
    @WithDefault("64")
    int commandsAtOnce();

    /** The same for the sign-in page, which needs no credential and takes none of the places of commands. */
    @WithDefault("16")
    int signInsAtOnce();

    /**
     * Host names, beside {@code localhost} and loopback addresses, by which requests that come over loopback may name
     * this service, as when a proxy runs on the same machine; {@code *} for any.
     */
    Optional<List<String>> hosts();

    /** Origins, beside this service's own, whose pages may send requests, such as {@code https://tools.example}. */
    Optional<List<String>> origins();
}
