package io.trialstream.results.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.trialstream.contracts.SeedSeries;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.space.Sha256;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A finished trial in the form of the seed's result files, for tools that read those. Its metrics come under the seed's
 * names: {@code fine_outputs_acc} is the accuracy on the training batches, {@code val_fine_outputs_acc} that on the
 * selection split, and so on. The files' names sort by accuracy, so that the best comes last.
 *
 * @param loss the negated best fine accuracy on the selection split
 * @param realLoss the weighted loss on the selection split at the last epoch
 * @param space the configuration, choices resolved
 * @param history ten series, one value an epoch; null where a value was not finite
 * @param status {@code ok}
 * @param protocol on what the trial's best epoch was selected: {@code seed} for the test set, as the seed's own files were,
 *     {@code honest} for a validation split, null where the workload has no protocol; figures of one cannot be compared with figures of the other
 * @param trialId the trial, by which an import into its own study knows it
 */
@JsonPropertyOrder(alphabetic = true)
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(requiredProperties = {"loss", "fine_best_accuracy", "model_name", "space", "history", "status"})
public record SeedFile(
        double loss,
        @JsonProperty("real_loss") Double realLoss,
        @JsonProperty("fine_best_accuracy") double fineBestAccuracy,
        @JsonProperty("fine_best_loss") Double fineBestLoss,
        @JsonProperty("fine_end_accuracy") Double fineEndAccuracy,
        @JsonProperty("fine_end_loss") Double fineEndLoss,
        @JsonProperty("coarse_best_accuracy") Double coarseBestAccuracy,
        @JsonProperty("coarse_best_loss") Double coarseBestLoss,
        @JsonProperty("coarse_end_accuracy") Double coarseEndAccuracy,
        @JsonProperty("coarse_end_loss") Double coarseEndLoss,
        @JsonProperty("model_name") String modelName,
        Map<String, Object> space,
        Map<String, List<Double>> history,
        String status,
        String protocol,
        @JsonProperty("trial_id") String trialId) {
    private static final int DECIMALS = 6;
    private static final int ID_DIGITS = 5;

    /** Copies nothing: maps may hold nulls, which are values here. */
    public SeedFile {}

    /**
     * A trial in this form.
     *
     * @param trialId its identity, from which the name's last digits derive
     * @param space its configuration
     * @param best its metrics at the best epoch
     * @param end its metrics at the last epoch
     * @param curve its metrics by epoch, in order; may be empty
     * @param protocol its study's protocol, where its workload has any
     * @return empty for a trial that has no fine accuracy: that of another workload, or one without an epoch
     */
    public static Optional<SeedFile> of(
            String trialId,
            Map<String, Object> space,
            Map<String, Double> best,
            Map<String, Double> end,
            List<Map<String, Double>> curve,
            Optional<Protocol> protocol) {
        Double accuracy = largest("fine_accuracy", best, curve);
        if (accuracy == null) {
            return Optional.empty();
        }
        Map<String, List<Double>> history = new LinkedHashMap<>();
        SeedSeries.OURS.forEach((seeds, ours) -> {
            List<Double> values = new ArrayList<>();
            curve.forEach(epoch -> values.add(epoch.get(ours)));
            history.put(seeds, values);
        });
        return Optional.of(new SeedFile(
                -accuracy,
                end.get("loss"),
                accuracy,
                smallest("fine_loss", best, curve),
                end.get("fine_accuracy"),
                end.get("fine_loss"),
                largest("coarse_accuracy", best, curve),
                smallest("coarse_loss", best, curve),
                end.get("coarse_accuracy"),
                end.get("coarse_loss"),
                modelName(accuracy, trialId),
                space,
                history,
                "ok",
                protocol.map(name -> name.name().toLowerCase(Locale.ROOT)).orElse(null),
                trialId));
    }

    /** The name of its file. */
    public String fileName() {
        return modelName + ".txt.json";
    }

    /** With a fixed number of decimals, so that names sort as the accuracies do. */
    private static String modelName(double accuracy, String trialId) {
        String best = BigDecimal.valueOf(accuracy)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .toPlainString();
        return "model_" + best + "_" + Sha256.hex(trialId).substring(0, ID_DIGITS);
    }

    private static Double largest(String metric, Map<String, Double> best, List<Map<String, Double>> curve) {
        return curve.stream()
                .map(epoch -> epoch.get(metric))
                .filter(value -> value != null)
                .max(Double::compare)
                .orElse(best.get(metric));
    }

    private static Double smallest(String metric, Map<String, Double> best, List<Map<String, Double>> curve) {
        return curve.stream()
                .map(epoch -> epoch.get(metric))
                .filter(value -> value != null)
                .min(Double::compare)
                .orElse(best.get(metric));
    }
}
