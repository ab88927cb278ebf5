package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.Continuous;
import io.trialstream.space.Distribution;
import io.trialstream.space.Parameter;

/**
 * A configuration with what every density needs of it, so that it is computed once.
 *
 * @param latents by parameter the place on its axis, if that is ordered; NaN where it is not active
 * @param logPriors by parameter log of the density (on the axis) or mass under the prior; NaN where it is not active
 */
record Candidate(Configuration configuration, double[] latents, double[] logPriors) {
    /** The candidate of a configuration; the axes are those of a table of the same space. */
    static Candidate of(Configuration configuration, EvidenceTable table) {
        double[] latents = new double[table.parameters().size()];
        double[] logPriors = new double[latents.length];
        for (Parameter parameter : table.parameters()) {
            int d = parameter.index();
            double value = configuration.number(d);
            latents[d] = Double.isNaN(value) || table.axis(d) == null
                    ? Double.NaN
                    : table.axis(d).toLatent(value);
            logPriors[d] = Double.isNaN(value) ? Double.NaN : logPrior(parameter.distribution(), value);
        }
        return new Candidate(configuration, latents, logPriors);
    }

    /** The prior's log density on the axis, that of the value times the derivative of the value, or its log mass. */
    static double logPrior(Distribution prior, double value) {
        double density = prior.logDensity(value);
        return prior instanceof Continuous continuous && continuous.family().logarithmic()
                ? density + StrictMath.log(value)
                : density;
    }
}
