package io.trialstream.trainer.run;

/**
 * What a trainer trains with, as reports and heartbeats tell it.
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
