package io.trialstream.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects samples and writes them as JSON in the layout that the peers' simulation uses. Used on one thread. */
final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Map<String, Object>> runs = new ArrayList<>();

    void add(String problem, int evaluations, Sample sample) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("sampler", sample.contender());
        run.put("problem", problem);
        run.put("workers", sample.workers());
        run.put("evals", evaluations);
        run.put("seeds", sample.outcomes().size());
        run.put("mean_regret", sample.regret().value());
        run.put("standard_error", sample.regret().standardError());
        run.put("duplicates", sample.duplicates());
        run.put("regrets", sample.regrets());
        runs.add(run);
    }

    /** One run a line. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> run : runs) {
            lines.add(JSON.writeValueAsString(run));
        }
        Files.writeString(file, "{\"runs\": [\n  " + String.join(",\n  ", lines) + "\n]}\n");
    }
}
