package io.trialstream.trainer.exec;

import io.trialstream.contracts.study.ExecTraining;
import io.trialstream.contracts.study.Objective;
import io.trialstream.contracts.study.ProgramDefinition;
import io.trialstream.trainer.workload.ArtifactSink;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.RunContext;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.WorkloadRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Runs a shell script as the program of a trial whose objective is {@code acc}. */
final class ShellProgram {
    private final Path directory;
    private final Map<String, Object> definition = new LinkedHashMap<>();
    private final Map<String, String> files = new TreeMap<>();
    private int epochs = 1;
    private Optional<Duration> timeout = Optional.empty();
    private Duration grace = Duration.ofSeconds(2);
    private long maxOutputBytes = 1 << 24;
    private Map<String, Object> configuration = Map.of("lr", 0.1);

    /** The script runs in this directory, with the function {@code report} at hand. */
    ShellProgram(Path directory, String script) {
        this.directory = directory;
        String report = "report() { printf '%s\\n' \"$1\" >> \"$TRIALSTREAM_REPORTS\"; }\n"
                + "answer() { until grep -q \"\\\"epoch\\\": $1,\" \"$TRIALSTREAM_ANSWERS\"; do sleep 0.01; done; "
                + "grep \"\\\"epoch\\\": $1,\" \"$TRIALSTREAM_ANSWERS\" | sed 's/.*\"answer\": \"//; s/\".*//'; }\n";
        definition.put("command", List.of("sh", "-c", report + script, "script"));
    }

    ShellProgram with(String field, Object value) {
        definition.put(field, value);
        return this;
    }

    ShellProgram epochs(int most) {
        epochs = most;
        return this;
    }

    ShellProgram timeout(Duration limit) {
        timeout = Optional.of(limit);
        return this;
    }

    ShellProgram grace(Duration time) {
        grace = time;
        return this;
    }

    ShellProgram maxOutput(long bytes) {
        maxOutputBytes = bytes;
        return this;
    }

    ShellProgram configuration(Map<String, Object> values) {
        configuration = values;
        return this;
    }

    /** A run that has begun; the caller closes it. */
    WorkloadRun begin() {
        ProgramDefinition program = ProgramDefinition.read("script", definition, directory);
        ExecWorkload workload = new ExecWorkload(
                new Programs(Map.of("script", program)),
                new ExecSettings(directory.resolve("runs"), grace, maxOutputBytes));
        WorkloadRun run = workload.start(new TrialRequest(
                "study", 7, configuration, new ExecTraining("script", epochs, timeout, Map.of("data", "small")), 42L));
        run.begin(new RunContext(
                UUID.randomUUID().toString(), new Objective("acc", Objective.Direction.MAXIMIZE), sink()));
        return run;
    }

    /** Runs it to its end and answers its epochs. */
    List<EpochMetrics> run() {
        try (WorkloadRun run = begin()) {
            List<EpochMetrics> curve = new ArrayList<>();
            for (int epoch = 1; run.hasEpoch(epoch); epoch++) {
                curve.add(run.trainEpoch(epoch));
            }
            run.finalMetrics();
            return curve;
        }
    }

    /** The objective at each epoch. */
    List<Double> curve() {
        return run().stream().map(epoch -> epoch.metrics().get("acc")).toList();
    }

    /** The artifacts so far, as text. */
    Map<String, String> files() {
        return files;
    }

    private ArtifactSink sink() {
        return (name, content) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                content.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            files.put(name, out.toString(StandardCharsets.UTF_8));
        };
    }
}
