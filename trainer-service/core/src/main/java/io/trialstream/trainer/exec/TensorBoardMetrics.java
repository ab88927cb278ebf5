package io.trialstream.trainer.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Scalars in the event files below a directory. A step is over when a value of a later one comes, or all metrics have
 * theirs; files that were there before the program started do not count.
 */
final class TensorBoardMetrics implements MetricFiles {
    private static final String EVENTS = "tfevents";
    private static final int MAX_DEPTH = 8;

    private final Path directory;
    private final Set<Path> old = new HashSet<>();
    private final Map<Path, EventFile> files = new HashMap<>();
    private final Map<String, String> metricsByTag = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private long step = Long.MIN_VALUE;

    /** Made before the program starts. */
    TensorBoardMetrics(Path directory) throws IOException {
        this.directory = directory;
        old.addAll(eventFiles());
    }

    /** Reads this metric there, too. */
    void add(String metric, String tag) {
        metricsByTag.put(tag, metric);
    }

    @Override
    public void look(boolean ended, EpochCollector collector) throws IOException {
        for (Path path : eventFiles()) {
            if (!old.contains(path)) {
                files.computeIfAbsent(path, file -> new EventFile(new FollowedFile(file)))
                        .next((at, tag, value) -> scalar(at, tag, value, collector));
            }
        }
        if (ended) {
            collector.stepEnds();
        }
    }

    @Override
    public String describe() {
        return "the scalars " + metricsByTag.keySet() + " in event files below " + directory;
    }

    private void scalar(long at, String tag, double value, EpochCollector collector) {
        String metric = metricsByTag.get(tag);
        if (metric == null || at < step) {
            return;
        }
        if (at > step) {
            collector.stepEnds();
            step = at;
            seen.clear();
        }
        if (seen.add(metric)) {
            collector.value(metric, value);
        }
        if (seen.size() == metricsByTag.size()) {
            collector.stepEnds();
        }
    }

    private Set<Path> eventFiles() throws IOException {
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        Set<Path> found = new HashSet<>();
        try (Stream<Path> all = Files.walk(directory, MAX_DEPTH)) {
            all.filter(path -> path.getFileName().toString().contains(EVENTS)).forEach(found::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }
}
