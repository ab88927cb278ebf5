package io.trialstream.suggester.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.SeedSeries;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The result files of the 2017 CIFAR-100 search, one JSON object a file: {@code loss}, {@code real_loss}, best and end
 * accuracy and loss of both heads ({@code real_loss} is the whole loss at the end), {@code model_name}, {@code space}, {@code status} and optionally {@code history},
 * ten arrays with a value an epoch. Its {@code val_} figures were taken on the test set, where the best epoch was
 * selected: protocol {@code seed}. Files that this project exported also have {@code trial_id} and {@code protocol}.
 */
final class SeedFiles implements ImportFormat {
    private static final ObjectMapper MAPPER = MessageCodec.newMapper();
    private static final double TOLERANCE = 1e-9;

    @Override
    public ImportedTrial trial(JsonNode tree, FieldReader fields) {
        check(tree, fields);
        Map<String, Double> end = heads(tree, "end", fields);
        end.put("loss", loss(tree, "real_loss", fields));
        int epochs = epochs(tree.path("history"));
        return new ImportedTrial(
                fields.text(tree, "model_name").orElse("model"),
                exportedAs(tree.path("trial_id")),
                protocol(tree, fields),
                "space",
                MAPPER.convertValue(tree.path("space"), Object.class),
                TrialState.COMPLETED,
                Optional.empty(),
                epochs,
                bestEpoch(tree.path("history")).orElse(0),
                heads(tree, "best", fields),
                end,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public List<ImportedEpoch> history(JsonNode tree, FieldReader fields) {
        JsonNode history = tree.path("history");
        if (!FieldReader.isAbsent(history) && !history.isObject()) {
            fields.invalid("history", "must be an object of arrays");
            return List.of();
        }
        int epochs = epochs(history);
        history.properties().forEach(series -> {
            if (!SeedSeries.OURS.containsKey(series.getKey())) {
                fields.problem("history." + series.getKey(), "UNKNOWN_FIELD", "is no series of a seed file");
            } else if (!series.getValue().isArray() || series.getValue().size() != epochs) {
                fields.invalid(
                        "history." + series.getKey(), "must be an array of " + epochs + " numbers like the others");
            }
        });
        List<ImportedEpoch> read = new ArrayList<>();
        for (int i = 0; i < epochs; i++) {
            read.add(new ImportedEpoch(i + 1, epoch(history, i), Duration.ZERO));
        }
        return read;
    }

    /** Files of the 2017 search do not say it; those that name a trial were exported here and do, if there is any. */
    private static Optional<Protocol> protocol(JsonNode tree, FieldReader fields) {
        return FieldReader.isAbsent(tree.path("trial_id"))
                ? Optional.of(Protocol.SEED)
                : fields.protocol(tree, "protocol");
    }

    private static void check(JsonNode tree, FieldReader fields) {
        if (!tree.path("space").isObject()) {
            fields.problem("space", "MISSING_FIELD", "must be an object");
        }
        if (FieldReader.isAbsent(tree.path("model_name"))) {
            fields.missing("model_name");
        }
        if (!tree.path("status").asText().equals("ok")) {
            fields.invalid("status", "must be ok: only such a file has a result");
        }
        double loss = fields.requiredNumber(tree, "loss");
        if (Math.abs(loss + tree.path("fine_best_accuracy").asDouble(Double.NaN)) > TOLERANCE) {
            fields.invalid("loss", "must be fine_best_accuracy with the other sign");
        }
    }

    private static Map<String, Double> heads(JsonNode tree, String when, FieldReader fields) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String head : List.of("fine", "coarse")) {
            String prefix = head + "_" + when;
            metrics.put(head + "_accuracy", fields.requiredNumber(tree, prefix + "_accuracy"));
            metrics.put(head + "_loss", loss(tree, prefix + "_loss", fields));
        }
        return metrics;
    }

    /** A training that diverged has losses that are no numbers. */
    private static Double loss(JsonNode tree, String field, FieldReader fields) {
        JsonNode value = tree.path(field);
        if (value.isNull() || value.isDouble() && !Double.isFinite(value.doubleValue())) {
            return null;
        }
        return fields.requiredNumber(tree, field);
    }

    private static int epochs(JsonNode history) {
        return history.isObject() && !history.isEmpty()
                ? history.iterator().next().size()
                : 0;
    }

    private static OptionalInt bestEpoch(JsonNode history) {
        JsonNode accuracies = history.path("val_fine_outputs_acc");
        OptionalInt best = OptionalInt.empty();
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < accuracies.size(); i++) {
            if (accuracies.get(i).asDouble() > highest) {
                highest = accuracies.get(i).asDouble();
                best = OptionalInt.of(i + 1);
            }
        }
        return best;
    }

    private static Map<String, Double> epoch(JsonNode history, int index) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        SeedSeries.OURS.forEach((theirs, ours) -> {
            JsonNode value = history.path(theirs).path(index);
            if (!value.isMissingNode()) {
                metrics.put(ours, value.isNumber() && Double.isFinite(value.asDouble()) ? value.asDouble() : null);
            }
        });
        return metrics;
    }
}
