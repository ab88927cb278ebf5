package io.trialstream.tpe;

import io.trialstream.space.Categorical;
import io.trialstream.space.Continuous;
import io.trialstream.space.Distribution;
import io.trialstream.space.FixedNumber;
import io.trialstream.space.Interruption;
import io.trialstream.space.Parameter;
import io.trialstream.space.Quantized;
import io.trialstream.space.RandomInteger;
import io.trialstream.space.SearchSpace;
import java.util.Optional;

/**
 * Hyperopt's {@code tpe.suggest}: each parameter on its own, walking the tree from its root. Pending and infeasible
 * trials count as infinitely bad, and towards the start-up.
 */
final class HyperoptSampler extends ModelSampler {
    private final Options options;

    /**
     * The sampler's settings, with Hyperopt's defaults.
     *
     * @param startupTrials trials drawn from the prior before there is a model
     * @param candidates draws for each parameter, of which the best is taken
     * @param gamma the best ceil(gamma sqrt(N)) trials make up the good part
     * @param priorWeight weight of the prior beside the observations
     * @param linearForgetting newest observations with full weight; also the cap of the good part
     * @param deduplicate whether what is evaluated or pending is never suggested again
     */
    record Options(
            int startupTrials,
            int candidates,
            double gamma,
            double priorWeight,
            int linearForgetting,
            boolean deduplicate) {
        static Options read(Settings settings) {
            return new Options(
                    settings.integer("startupTrials", 20, 0, Settings.MANY),
                    settings.integer("candidates", 24, 1, Settings.MANY),
                    settings.number("gamma", 0.25, 1e-6, 1e6),
                    settings.number("priorWeight", 1, 1e-9, 1e9),
                    settings.integer("linearForgetting", 25, 1, Settings.MOST_TRIALS),
                    settings.flag("deduplicate", true));
        }
    }

    HyperoptSampler(SearchSpace space, Options options) {
        super(space, options.deduplicate());
        this.options = options;
    }

    @Override
    boolean inStartup(Evidence evidence) {
        return evidence.size() + evidence.pending().size() < Math.max(1, options.startupTrials());
    }

    @Override
    Proposer proposer(Evidence evidence, CounterRandom random) {
        Split split = Split.hyperopt(Trial.byAge(evidence), options.gamma(), options.linearForgetting());
        Posterior[] below = new Posterior[space().parameters().size()];
        Posterior[] above = new Posterior[below.length];
        return passes -> Optional.of(space().draw(parameter -> {
                    int i = parameter.index();
                    if (below[i] == null) {
                        below[i] = posterior(parameter, Trial.column(split.below(), i));
                        above[i] = posterior(parameter, Trial.column(split.above(), i));
                    }
                    return best(parameter.distribution(), below[i], above[i], random);
                }))
                .filter(passes);
    }

    private double best(Distribution distribution, Posterior below, Posterior above, CounterRandom random) {
        double best = Double.NaN;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < options.candidates(); i++) {
            Interruption.check();
            // Rounding may leave an exact grid; the nearest point of it is then meant.
            double candidate = distribution.nearest(below.draw(random));
            double score = below.logDensity(candidate) - above.logDensity(candidate);
            if (Double.isNaN(best) || score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /** The density of a parameter from its observations, oldest first. */
    Posterior posterior(Parameter parameter, double[] observations) {
        Distribution distribution = parameter.distribution();
        if (distribution instanceof Categorical categorical) {
            return discrete(observations, categorical, categorical.count());
        }
        if (distribution instanceof RandomInteger integer) {
            return discrete(observations, integer, integer.count());
        }
        if (distribution instanceof FixedNumber) {
            return discrete(observations, distribution, 1);
        }
        if (distribution instanceof Quantized quantized) {
            return numeric(
                    observations,
                    quantized.base(),
                    quantized.low(),
                    quantized.high(),
                    quantized.grid().step());
        }
        Continuous continuous = (Continuous) distribution;
        return numeric(observations, continuous, continuous.low(), continuous.high(), 0);
    }

    private Posterior discrete(double[] observations, Distribution prior, long count) {
        return new DiscretePosterior(observations, options.priorWeight(), prior, count, options.linearForgetting());
    }

    private Posterior numeric(double[] observations, Continuous prior, double low, double high, double step) {
        boolean logarithmic = prior.family().logarithmic();
        double[] latent = observations.clone();
        if (logarithmic) {
            double floor = step > 0 ? Math.max(NumericPosterior.SMALLEST, StrictMath.exp(low)) : 0;
            for (int i = 0; i < latent.length; i++) {
                latent[i] = StrictMath.log(Math.max(latent[i], floor));
            }
        }
        NormalMixture mixture = NormalMixture.adaptive(
                latent, options.priorWeight(), prior.centre(), prior.scale(), options.linearForgetting());
        return new NumericPosterior(mixture, logarithmic, low, high, step);
    }

    @Override
    public String type() {
        return "hyperopt";
    }

    @Override
    public int version() {
        return 1;
    }
}
