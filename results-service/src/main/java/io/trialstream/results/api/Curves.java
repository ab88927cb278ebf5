package io.trialstream.results.api;

import io.trialstream.results.read.CurveRows;
import io.trialstream.results.read.PlotData;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One metric of many trials by epoch.
 *
 * @param studyId the study
 * @param metric whose values these are
 * @param direction the objective's: {@code maximize} or {@code minimize}
 * @param trials how many trials the study has
 * @param sampling how those shown were chosen, where not all are shown
 * @param metrics the metrics that these trials have
 * @param curves by number
 */
@Schema(description = "One metric of many trials by epoch, thinned for a chart")
public record Curves(
        String studyId,
        @Schema(examples = "fine_accuracy") String metric,
        String direction,
        int trials,
        Optional<PlotData.Sampling> sampling,
        List<String> metrics,
        List<Curve> curves) {

    /**
     * A trial's curve.
     *
     * @param number the trial
     * @param state its state
     * @param objective what it reached, if it ended with a value
     * @param epochs counted from 1
     * @param values one for each of the epochs, null where it was not finite
     */
    @Schema(name = "StudyCurve")
    public record Curve(
            int number, String state, Optional<Double> objective, List<Integer> epochs, List<Double> values) {

        static Curve of(CurveRows.Curve row) {
            return new Curve(row.number(), row.state(), row.objective(), row.epochs(), row.values());
        }
    }
}
