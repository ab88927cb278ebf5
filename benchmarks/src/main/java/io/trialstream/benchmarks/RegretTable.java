package io.trialstream.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes samples as a Markdown table: mean regret, standard error, duplicates and the paired difference to ours. */
final class RegretTable {
    private RegretTable() {}

    static String header() {
        return """
            | objective | W | sampler | mean regret | standard error | duplicates | minus tree-tpe (paired) | in standard errors |
            |---|---|---|---|---|---|---|---|
            """;
    }

    /** One row; the comparison is left out for ours and without ours. */
    static String row(String objective, Sample sample, Optional<Sample> ours) {
        Sample.Mean regret = sample.regret();
        String comparison = ours.filter(o -> o != sample)
                .map(o -> {
                    Sample.Mean difference = sample.over(o);
                    return figure(difference.value()) + " ± " + figure(difference.standardError()) + " | "
                            + String.format(Locale.ROOT, "%+.1f", difference.inStandardErrors());
                })
                .orElse(" | ");
        return "| " + objective + " | " + sample.workers() + " | " + sample.contender() + " | " + figure(regret.value())
                + " | " + figure(regret.standardError()) + " | "
                + String.format(Locale.ROOT, "%.0f %%", 100 * sample.duplicates()) + " | " + comparison + " |\n";
    }

    static String rows(String objective, List<Sample> samples) {
        StringBuilder rows = new StringBuilder();
        for (Sample sample : samples) {
            Optional<Sample> ours = samples.stream()
                    .filter(s ->
                            s.workers() == sample.workers() && s.contender().equals(Contender.OURS))
                    .findFirst();
            rows.append(row(objective, sample, ours));
        }
        return rows.toString();
    }

    static String figure(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
