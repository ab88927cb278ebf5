package io.trialstream.trainer.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.testing.Needed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Event files as TensorBoard itself reads them. {@code TRIALSTREAM_PYTHON} names the Python
 * that has it, else {@code python3}: {@code pip install tensorboard} in an environment of its own suffices.
 */
class TensorBoardIT {
    private static final String READER =
            """
            import sys
            from tensorboard.backend.event_processing.event_accumulator import EventAccumulator, HISTOGRAMS
            events = EventAccumulator(sys.argv[1], size_guidance={HISTOGRAMS: 0}).Reload()
            for tag in sorted(events.Tags()['scalars']):
                for event in events.Scalars(tag):
                    print('scalar', tag, event.step, event.value, event.wall_time)
            for tag in sorted(events.Tags()['histograms']):
                for event in events.Histograms(tag):
                    histogram = event.histogram_value
                    print('histogram', tag, event.step, histogram.min, histogram.max, histogram.num, histogram.sum,
                          sum(histogram.bucket))
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldBeReadByTensorBoard() throws Exception {
        // Given
        String python = Optional.ofNullable(System.getenv("TRIALSTREAM_PYTHON")).orElse("python3");
        Needed.succeeds(python + " has no tensorboard (pip install tensorboard)", python, "-c", "import tensorboard");
        EventLog log = new EventLog(Instant.ofEpochSecond(1_767_323_045));
        log.scalars(Instant.ofEpochSecond(1_767_323_046), 1, Map.of("fine_accuracy", 0.25));
        log.scalars(Instant.ofEpochSecond(1_767_323_047), 300, Map.of("fine_accuracy", -0.5));
        log.histograms(
                Instant.ofEpochSecond(1_767_323_047), 300, Map.of("dense1/kernel", new float[] {-1, 0, 0.5f, 3}));
        Files.write(directory.resolve("events.out.tfevents.1767323045.trialstream"), log.toBytes());

        // When
        List<String> read = lines(python, "-c", READER, directory.toString());

        // Then
        assertThat(read)
                .contains(
                        "scalar fine_accuracy 1 0.25 1767323046.0",
                        "scalar fine_accuracy 300 -0.5 1767323047.0",
                        "histogram dense1/kernel 300 -1.0 3.0 4.0 2.5 4.0");
    }

    private static List<String> lines(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(lines::add);
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }
}
