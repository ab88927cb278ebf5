package io.trialstream.contracts.testing;

import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.study.StudySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Messages about one study of the {@code sleep} workload. */
public record AStudy(String studyId, String name, String direction) {

    public static AStudy aStudy() {
        String id = UUID.randomUUID().toString().substring(0, 8);
        return new AStudy(id, "study-" + id, "maximize");
    }

    public AStudy minimizing() {
        return new AStudy(studyId, name, "minimize");
    }

    public StudyRecord running() {
        return record(StudyState.RUNNING, 1);
    }

    public StudyRecord record(StudyState state, long revision) {
        return new StudyRecord(
                studyId,
                spec(),
                state,
                Optional.empty(),
                0,
                revision,
                Optional.empty(),
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.empty());
    }

    public StudySpec spec() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("objective", Map.of("metric", "objective", "direction", direction));
        tree.put("sampler", Map.of("type", "hyperopt", "seed", 42));
        tree.put("budget", Map.of("trials", 20));
        tree.put("concurrency", 2);
        tree.put("training", Map.of("workload", "sleep", "epochs", 3));
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("lr", Map.of("uniform", List.of(0, 100)));
        Map<String, Object> optimizer = new LinkedHashMap<>();
        optimizer.put("choice", Arrays.asList(null, "Adam"));
        space.put("optimizer", optimizer);
        tree.put("space", space);
        return StudySpec.read(tree);
    }
}
