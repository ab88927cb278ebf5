package io.trialstream.trainer.exec;

import io.trialstream.contracts.study.MetricSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All places in which the metrics of an unaware program are looked for. Made before the program starts. */
final class MetricReading {
    private final EpochCollector collector;
    private final OutputMetrics output;
    private final List<MetricFiles> files;

    private MetricReading(EpochCollector collector, OutputMetrics output, List<MetricFiles> files) {
        this.collector = collector;
        this.output = output;
        this.files = files;
    }

    /**
     * @param sources by metric; empty for the default pattern on the output
     * @param base what relative paths are relative to
     * @param run stands for {@code {run}} in paths
     */
    static MetricReading of(Map<String, MetricSource> sources, Path base, Path run, EpochCollector collector)
            throws IOException {
        Map<Path, JsonMetrics> json = new LinkedHashMap<>();
        Map<Path, TensorBoardMetrics> boards = new LinkedHashMap<>();
        for (Map.Entry<String, MetricSource> source : sources.entrySet()) {
            if (source.getValue() instanceof MetricSource.JsonFile file) {
                json.computeIfAbsent(resolved(base, run, file.file()), JsonMetrics::new)
                        .add(source.getKey(), file.pointer());
            } else if (source.getValue() instanceof MetricSource.TensorBoard board) {
                Path directory = resolved(base, run, board.directory());
                if (!boards.containsKey(directory)) {
                    boards.put(directory, new TensorBoardMetrics(directory));
                }
                boards.get(directory).add(source.getKey(), board.tag());
            }
        }
        return new MetricReading(
                collector,
                new OutputMetrics(sources, collector),
                Stream.<MetricFiles>concat(json.values().stream(), boards.values().stream())
                        .toList());
    }

    /** Looks into a line of the output. */
    void line(Lines.Line line) {
        output.line(line);
    }

    /** Looks into the files. */
    void look(boolean ended) throws IOException {
        for (MetricFiles one : files) {
            one.look(ended, collector);
        }
        if (ended) {
            collector.finish();
        }
    }

    /** What was looked for, for people. */
    String describe() {
        return Stream.concat(
                        output.isUsed() ? Stream.of(output.describe()) : Stream.empty(),
                        files.stream().map(MetricFiles::describe))
                .collect(Collectors.joining(", "));
    }

    private static Path resolved(Path base, Path run, String path) {
        return base.resolve(path.replace("{run}", run.toString())).normalize();
    }
}
