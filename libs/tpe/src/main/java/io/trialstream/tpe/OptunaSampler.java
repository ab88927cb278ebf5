package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.Continuous;
import io.trialstream.space.Interruption;
import io.trialstream.space.Parameter;
import io.trialstream.space.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Optuna's TPESampler with the defaults of v4.0.0 ({@code optuna4}: each parameter on its own) or of v5.0.0-rc1
 * ({@code optuna5}: a joint model, pending trials counted among the bad). Infeasible trials are ignored, as Optuna
 * ignores failed ones. Parameters of the normal families, which Optuna does not have, get kernels without truncation.
 */
final class OptunaSampler extends ModelSampler {
    private final String type;
    private final Options options;
    private final List<Parameter> modelled;

    /**
     * The sampler's settings.
     *
     * @param startupTrials finished trials before there is a model
     * @param candidates draws, of which the best is taken
     * @param gamma the best ceil(gamma N) trials make up the good part
     * @param cap at most so many
     * @param multivariate whether parameters that every trial has are modelled jointly
     * @param group whether, then, sets of parameters that always occur together are each modelled jointly
     * @param constantLiar whether pending trials count among the bad
     * @param parzen how densities are fitted
     * @param deduplicate whether what is evaluated or pending is never suggested again
     */
    record Options(
            int startupTrials,
            int candidates,
            double gamma,
            int cap,
            boolean multivariate,
            boolean group,
            boolean constantLiar,
            ParzenSettings parzen,
            boolean deduplicate) {

        /** How many of N trials are the good part. */
        int below(int n) {
            return (int) Math.min(Math.ceil(gamma * n), cap);
        }

        static Options read(Settings settings, boolean version5) {
            boolean multivariate = settings.flag("multivariate", version5);
            Bandwidth bandwidth = version5
                    ? Bandwidth.NEIGHBOURS
                    : multivariate ? Bandwidth.SHRINKING : Bandwidth.NEIGHBOURS_AND_PRIOR;
            ParzenSettings parzen = new ParzenSettings(
                    settings.number("priorWeight", 1, 1e-9, 1e9),
                    settings.integer("linearForgetting", 25, 1, Settings.MOST_TRIALS),
                    bandwidth,
                    settings.flag("endpoints", false),
                    settings.flag("magicClip", true),
                    version5);
            return new Options(
                    settings.integer("startupTrials", 10, 0, Settings.MANY),
                    settings.integer("candidates", 24, 1, Settings.MANY),
                    settings.number("gamma", 0.1, 1e-6, 1),
                    settings.integer("gammaCap", 25, 1, Settings.MANY),
                    multivariate,
                    settings.flag("group", false),
                    settings.flag("constantLiar", version5),
                    parzen,
                    settings.flag("deduplicate", true));
        }
    }

    OptunaSampler(String type, SearchSpace space, Options options) {
        super(space, options.deduplicate());
        this.type = type;
        this.options = options;
        this.modelled = space.parameters().stream()
                .filter(p -> !p.distribution().cardinality().equals(Optional.of(BigInteger.ONE)))
                .toList();
    }

    @Override
    boolean inStartup(Evidence evidence) {
        long finished =
                evidence.observations().stream().filter(OptunaSampler::counts).count();
        return finished < Math.max(1, options.startupTrials());
    }

    private static boolean counts(Observation observation) {
        return observation.kind() != Observation.Kind.INFEASIBLE;
    }

    @Override
    Proposer proposer(Evidence evidence, CounterRandom random) {
        List<Trial> finished = new ArrayList<>();
        List<Trial> pending = new ArrayList<>();
        for (Trial trial : Trial.byAge(evidence)) {
            if (trial.outcome().isEmpty()) {
                pending.add(trial);
            } else if (counts(trial.outcome().get())) {
                finished.add(trial);
            }
        }
        Split split = Split.of(
                Trial.bestFirst(finished),
                options.below(finished.size()),
                options.constantLiar() ? pending : List.of());
        List<List<Parameter>> blocks = options.multivariate() ? blocks(finished) : List.of();
        return passes -> Optional.of(propose(split, blocks, random)).filter(passes);
    }

    /** The sets of parameters that are modelled jointly. */
    private List<List<Parameter>> blocks(List<Trial> finished) {
        List<List<Parameter>> blocks = List.of();
        if (options.group()) {
            for (Trial trial : finished) {
                blocks = refine(blocks, active(trial));
            }
            return blocks;
        }
        List<Parameter> everywhere = modelled.stream()
                .filter(p -> finished.stream()
                        .allMatch(trial -> trial.configuration().isActive(p.index())))
                .toList();
        return everywhere.isEmpty() ? blocks : List.of(everywhere);
    }

    private List<Parameter> active(Trial trial) {
        return modelled.stream()
                .filter(p -> trial.configuration().isActive(p.index()))
                .toList();
    }

    /** Splits every block into what is in the set and what is not; the rest of the set is a new block. */
    private static List<List<Parameter>> refine(List<List<Parameter>> blocks, List<Parameter> set) {
        List<List<Parameter>> refined = new ArrayList<>();
        List<Parameter> rest = new ArrayList<>(set);
        for (List<Parameter> block : blocks) {
            refined.add(block.stream().filter(set::contains).toList());
            refined.add(block.stream().filter(p -> !set.contains(p)).toList());
            rest.removeAll(block);
        }
        refined.add(rest);
        refined.removeIf(List::isEmpty);
        return refined;
    }

    private Configuration propose(Split split, List<List<Parameter>> blocks, CounterRandom random) {
        double[] drawn = new double[space().parameters().size()];
        Arrays.fill(drawn, Double.NaN);
        for (List<Parameter> block : blocks) {
            best(split, block, random, drawn);
        }
        return space().draw(parameter -> {
            if (!modelled.contains(parameter)) {
                return parameter.distribution().valueAt(0);
            }
            if (Double.isNaN(drawn[parameter.index()])) {
                best(split, List.of(parameter), random, drawn);
            }
            return drawn[parameter.index()];
        });
    }

    private void best(Split split, List<Parameter> block, CounterRandom random, double[] drawn) {
        ProductMixture below = fit(split.below(), block);
        ProductMixture above = fit(split.above(), block);
        double[] best = null;
        double bestScore = Double.NEGATIVE_INFINITY;
        boolean repeats = block.size() == 1 && !(block.get(0).distribution() instanceof Continuous);
        Map<Double, Double> scores = new HashMap<>();
        for (int i = 0; i < options.candidates(); i++) {
            Interruption.check();
            double[] candidate = below.draw(random);
            double score = repeats
                    ? scores.computeIfAbsent(candidate[0], value -> score(below, above, candidate))
                    : score(below, above, candidate);
            if (best == null || score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        for (int d = 0; d < block.size(); d++) {
            drawn[block.get(d).index()] = best[d];
        }
    }

    private static double score(ProductMixture below, ProductMixture above, double[] candidate) {
        return below.logDensity(candidate) - above.logDensity(candidate);
    }

    private ProductMixture fit(List<Trial> trials, List<Parameter> block) {
        List<Trial> complete = trials.stream()
                .filter(trial ->
                        block.stream().allMatch(p -> trial.configuration().isActive(p.index())))
                .toList();
        return options.parzen()
                .fit(
                        block,
                        block.stream()
                                .map(p -> Trial.column(complete, p.index()))
                                .toList());
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public int version() {
        return 2;
    }
}
