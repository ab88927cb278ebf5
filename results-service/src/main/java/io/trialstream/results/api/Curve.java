package io.trialstream.results.api;

import io.trialstream.contracts.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A trial's metrics by epoch: those of the run that stands (or runs), and before its resume point those of its
 * ancestors.
 *
 * @param trialId the trial
 * @param epochs in order, without gaps unless a report is still under way
 */
@Schema(description = "All metrics of a trial, epoch by epoch, across resumed runs")
public record Curve(String trialId, List<Point> epochs) {

    /**
     * One epoch.
     *
     * @param epoch counted from 1
     * @param runId the run that trained it
     * @param metrics by name; null where a value was not finite
     * @param seconds how long the epoch took, evaluation included
     * @param reason why metrics are null, if any are
     */
    @Schema(name = "CurvePoint")
    public record Point(
            int epoch,
            String runId,
            @Schema(type = SchemaType.OBJECT) Map<String, Double> metrics,
            double seconds,
            Optional<Reason> reason) {}
}
