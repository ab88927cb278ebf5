package io.trialstream.suggester.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form in which results shows and exports a trial: one JSON object a line. Read are {@code trialId} (as the
 * source's name, and to know a trial of the study itself), {@code origin} (a retrain is left out), {@code protocol}, {@code configuration}, {@code state}, {@code
 * objective}, {@code epochs}, {@code bestEpoch}, {@code best}, {@code end}, {@code trainingSeconds}, {@code reason},
 * {@code finishedAt} and {@code history}, a list of {@code epoch}, {@code metrics} and {@code seconds}; other fields are
 * ignored.
 */
final class TrialLines implements ImportFormat {
    private static final ObjectMapper MAPPER = MessageCodec.newMapper();

    @Override
    public ImportedTrial trial(JsonNode tree, FieldReader fields) {
        if (!tree.path("configuration").isObject()) {
            fields.problem("configuration", "MISSING_FIELD", "must be an object");
        }
        return new ImportedTrial(
                fields.text(tree, "trialId").orElse("line"),
                exportedAs(tree.path("trialId")),
                fields.protocol(tree, "protocol"),
                "configuration",
                MAPPER.convertValue(tree.path("configuration"), Object.class),
                state(tree, fields),
                fields.number(tree, "objective"),
                fields.count(tree, "epochs"),
                fields.count(tree, "bestEpoch"),
                fields.metrics(tree, "best"),
                fields.metrics(tree, "end"),
                seconds(fields.number(tree, "trainingSeconds"), "trainingSeconds", fields),
                reason(tree.path("reason"), fields),
                fields.instant(tree, "finishedAt"));
    }

    /** A retrain repeats a trial that is in the file itself, or was left out of it. */
    @Override
    public boolean isEvidence(JsonNode tree) {
        return !tree.path("origin").asText().equals(Origin.RETRAIN.name());
    }

    @Override
    public List<ImportedEpoch> history(JsonNode tree, FieldReader fields) {
        List<ImportedEpoch> history = new ArrayList<>();
        JsonNode points = tree.path("history");
        if (!FieldReader.isAbsent(points) && !points.isArray()) {
            fields.invalid("history", "must be a list");
        }
        for (int i = 0; i < points.size(); i++) {
            JsonNode point = points.get(i);
            int epoch = fields.count(point, "epoch");
            if (epoch < 1) {
                fields.invalid("history[" + i + "].epoch", "must be a whole number of at least 1");
            }
            history.add(new ImportedEpoch(
                    epoch,
                    fields.metrics(point, "metrics"),
                    seconds(fields.number(point, "seconds"), "history[" + i + "].seconds", fields)));
        }
        return history;
    }

    private static TrialState state(JsonNode tree, FieldReader fields) {
        Optional<String> name = fields.text(tree, "state");
        try {
            if (name.isPresent()) {
                return TrialState.valueOf(name.get());
            }
            fields.missing("state");
        } catch (IllegalArgumentException e) {
            fields.invalid("state", "must be COMPLETED, PRUNED or INFEASIBLE; others are left out");
        }
        return TrialState.COMPLETED;
    }

    private static Optional<Reason> reason(JsonNode tree, FieldReader fields) {
        if (FieldReader.isAbsent(tree)) {
            return Optional.empty();
        }
        Optional<String> code = fields.text(tree, "code");
        Optional<String> text =
                tree.path("text").isTextual() ? Optional.of(tree.path("text").asText()) : code;
        return code.map(name -> new Reason(name, text.filter(t -> !t.isBlank()).orElse(name)));
    }

    private static Duration seconds(Optional<Double> seconds, String field, FieldReader fields) {
        if (seconds.isPresent() && !(seconds.get() >= 0 && seconds.get() < 1e9)) {
            fields.invalid(field, "must be from 0 to 1e9");
            return Duration.ZERO;
        }
        return Duration.ofMillis(Math.round(seconds.orElse(0.0) * 1000));
    }
}
