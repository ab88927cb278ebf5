package io.trialstream.trainer.run;

/**
 * What a trainer runs trials with.
 *
 * @param engine what it trains with
 * @param check whether the engine is complete, asked once before the first trial
 * @param workloads what it can run
 * @param checkpoints where interrupted trials resume from
 * @param artifacts the files that runs leave
 */
public record TrialResources(
        EngineDescription engine,
        StartupCheck check,
        Workloads workloads,
        Checkpoints checkpoints,
        Artifacts artifacts) {

    /** Without an engine: for workloads that need none. */
    public static TrialResources withoutEngine(Workloads workloads, Checkpoints checkpoints, Artifacts artifacts) {
        return new TrialResources(EngineDescription.none(), StartupCheck.none(), workloads, checkpoints, artifacts);
    }
}
