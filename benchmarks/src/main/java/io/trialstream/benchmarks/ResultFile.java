package io.trialstream.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A JSON file of samples in the layout that the peers' simulation uses. Samples are added to what it holds, and replace
 * those of the same sampler, problem and number of workers. Used on one thread.
 */
final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final List<Map<String, Object>> runs = new ArrayList<>();

    /** Reads what the file holds, if it is there. */
    ResultFile(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            Map<String, List<Map<String, Object>>> tree = JSON.readValue(file.toFile(), new TypeReference<>() {});
            runs.addAll(tree.get("runs"));
        }
    }

    /** Six significant digits, as the peers' simulation writes them. */
    private static double rounded(double regret) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.6g", regret));
    }

    /** Adds a sample and writes the file, one run a line. */
    void add(String problem, int evaluations, Sample sample) throws IOException {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("sampler", sample.contender());
        run.put("problem", problem);
        run.put("workers", sample.workers());
        run.put("evals", evaluations);
        run.put("seeds", sample.outcomes().size());
        run.put("mean_regret", sample.regret().value());
        run.put("standard_error", sample.regret().standardError());
        run.put("duplicates", sample.duplicates());
        run.put(
                "regrets",
                Arrays.stream(sample.regrets()).map(ResultFile::rounded).toArray());
        runs.removeIf(other -> Stream.of("sampler", "problem", "workers")
                .allMatch(key -> run.get(key).equals(other.get(key))));
        runs.add(run);
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> each : runs) {
            lines.add(JSON.writeValueAsString(each));
        }
        Files.writeString(file, "{\"runs\": [\n  " + String.join(",\n  ", lines) + "\n]}\n");
    }
}
