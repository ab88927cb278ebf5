package io.trialstream.tpe;

import io.trialstream.space.SearchSpace;
import java.util.List;
import java.util.Map;

/** Makes samplers from the {@code sampler} section of a study. */
public final class Samplers {
    /** The types there are. */
    public static final List<String> TYPES = List.of("random", "hyperopt", "optuna4", "optuna5", "tree-tpe");

    private Samplers() {}

    /**
     * Makes a sampler.
     *
     * @param settings the study's {@code sampler} tree: {@code type} and the type's own parameters beside it
     * @param space what it draws from
     * @param budgetTrials how many trials the study may have, 0 if open
     * @throws InvalidSamplerException with every problem found
     */
    public static Sampler create(Map<String, ?> settings, SearchSpace space, int budgetTrials) {
        Settings read = new Settings(settings);
        String type = read.type();
        read.failOnProblems();
        Sampler sampler =
                switch (type) {
                    case "random" -> new RandomSampler(space, read.flag("deduplicate", true));
                    case "hyperopt" -> new HyperoptSampler(space, HyperoptSampler.Options.read(read));
                    case "optuna4", "optuna5" -> new OptunaSampler(
                            type, space, OptunaSampler.Options.read(read, type.equals("optuna5")));
                    case "tree-tpe" -> new TreeTpeSampler(space, TreeTpeOptions.read(read, budgetTrials));
                    default -> {
                        read.problem("type", "UNKNOWN_SAMPLER", "unknown sampler '" + type + "'; known: " + TYPES);
                        read.failOnProblems();
                        throw new AssertionError("unreachable");
                    }
                };
        read.finish();
        return sampler;
    }
}
