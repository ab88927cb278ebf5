package io.trialstream.suggester.rest;

import io.trialstream.contracts.study.TrainingSettings;
import io.trialstream.rest.ApiException;
import io.trialstream.rest.TreeBodies;
import io.trialstream.space.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a user says of a retrain.
 *
 * @param trial the number of the trial; empty for the best
 * @param epochs how many epochs; empty for the study's
 */
record RetrainRequest(Optional<Integer> trial, Optional<Integer> epochs) {
    private static final Set<String> FIELDS = Set.of("trial", "epochs");

    /**
     * Reads a body in YAML or JSON, which may be empty.
     *
     * @throws ApiException 400 where it is no object, 422 naming every field that is wrong
     */
    static RetrainRequest read(byte[] body) {
        Map<String, Object> tree = TreeBodies.isBlank(body) ? Map.of() : TreeBodies.object(body);
        List<Problem> problems = new ArrayList<>();
        tree.keySet().stream()
                .filter(field -> !FIELDS.contains(field))
                .forEach(field -> problems.add(new Problem(field, "UNKNOWN_FIELD", "known here: epochs, trial")));
        RetrainRequest request = new RetrainRequest(
                whole(tree, "trial", 0, Integer.MAX_VALUE, problems),
                whole(tree, "epochs", 1, TrainingSettings.MAX_EPOCHS, problems));
        if (!problems.isEmpty()) {
            throw ApiException.invalid("INVALID_RETRAIN", "The retrain is not valid", problems);
        }
        return request;
    }

    private static Optional<Integer> whole(
            Map<String, Object> tree, String field, int least, int most, List<Problem> problems) {
        Object value = tree.get(field);
        if (value == null || value instanceof Integer number && number >= least && number <= most) {
            return Optional.ofNullable((Integer) value);
        }
        problems.add(new Problem(
                field,
                "INVALID_FIELD",
                "must be a whole number from " + least + " to " + most + ", got '" + value + "'"));
        return Optional.empty();
    }
}
