package io.trialstream.results.api;

import io.trialstream.results.read.PlotData;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Trials as a table for charts.
 *
 * @param studyId the study
 * @param metric the objective's metric
 * @param direction {@code maximize} or {@code minimize}
 * @param trials how many trials the study has
 * @param shown how many of them are here
 * @param sampling how those were chosen, where not all are here
 * @param fields the columns
 * @param rows one list a trial, by number, a value for each field
 */
@Schema(description = "Trials as a table: rows hold a value for each field, null where a trial has none")
public record Plot(
        String studyId,
        String metric,
        String direction,
        int trials,
        int shown,
        Optional<PlotData.Sampling> sampling,
        @Schema(examples = "[\"number\", \"objective\", \"configuration.lr_rate_mult\"]") List<String> fields,
        List<List<Object>> rows) {}
