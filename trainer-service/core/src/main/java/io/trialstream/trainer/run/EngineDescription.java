package io.trialstream.trainer.run;

/**
 * The engine that a trainer uses, as reports and heartbeats describe it.
 *
 * @param name the engine's name, such as {@code dl4j}
 * @param device what it computes on, for people: library, version, processor, threads
 */
public record EngineDescription(String name, String device) {

    /** No engine: a trainer that knows only the {@code sleep} workload. */
    public static EngineDescription none() {
        return new EngineDescription("none", "CPU");
    }
}
