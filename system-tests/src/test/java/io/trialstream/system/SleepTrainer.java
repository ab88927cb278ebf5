package io.trialstream.system;

import io.trialstream.artifacts.DirectoryArtifactStore;
import io.trialstream.contracts.Capability;
import io.trialstream.contracts.study.SleepTraining;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.trainer.Trainer;
import io.trialstream.trainer.TrainerSettings;
import io.trialstream.trainer.checkpoint.CheckpointSettings;
import io.trialstream.trainer.checkpoint.DirectoryCheckpointStore;
import io.trialstream.trainer.run.Artifacts;
import io.trialstream.trainer.run.Checkpoints;
import io.trialstream.trainer.run.RunListener;
import io.trialstream.trainer.run.TrialResources;
import io.trialstream.trainer.run.Workloads;
import io.trialstream.trainer.sleep.SleepWorkload;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.Workload;
import io.trialstream.trainer.workload.WorkloadRun;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A trainer as a process of its own that knows only {@code sleep}: {@code SleepTrainer KAFKA_CONFIG ID SLOTS CHECKPOINTS
 * READY_FILE}. The file is there while the trainer is ready, and as old as that. A configuration may hold a {@code fate}:
 * {@code kill} ends the process where the trial is prepared, {@code hang} never ends the first epoch.
 */
final class SleepTrainer {
    static final String RELEASE = "trialstream.test.release";

    private SleepTrainer() {}

    /** Runs until it is told to end, which drains it. */
    public static void main(String[] arguments) throws Exception {
        TrainerSettings settings = new TrainerSettings(
                arguments[1],
                "default",
                Integer.parseInt(arguments[2]),
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                Duration.ofMillis(2500),
                Duration.ofSeconds(20),
                false);
        Trainer trainer = new Trainer(
                settings,
                kafka(Path.of(arguments[0])),
                TrialResources.withoutEngine(
                        new Workloads(List.of(new Fateful())),
                        new Checkpoints(
                                new DirectoryCheckpointStore(Path.of(arguments[3])),
                                new CheckpointSettings(1, Duration.ZERO)),
                        new Artifacts(
                                new DirectoryArtifactStore(Path.of(arguments[3]).resolveSibling("artifacts")), false)),
                RunListener.none(),
                () -> Runtime.getRuntime().halt(1));
        Runtime.getRuntime().addShutdownHook(new Thread(trainer::drain));
        trainer.start();
        Path ready = Path.of(arguments[4]);
        while (true) {
            if (!trainer.condition().isReady()) {
                Files.deleteIfExists(ready);
            } else if (!Files.exists(ready)) {
                Files.createFile(ready);
            }
            Thread.sleep(200);
        }
    }

    private static KafkaConnection kafka(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new KafkaConnection(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), properties::getProperty)));
    }

    /** Sleeps as {@link SleepWorkload} does, unless the configuration's fate is another. */
    private static final class Fateful implements Workload {
        private final SleepWorkload sleep = new SleepWorkload();

        @Override
        public String name() {
            return sleep.name();
        }

        @Override
        public Capability capability() {
            return sleep.capability();
        }

        @Override
        public WorkloadRun start(TrialRequest request) {
            String fate = String.valueOf(request.configuration().get("fate"));
            if (fate.equals("kill")) {
                Runtime.getRuntime().halt(137);
            }
            if (fate.equals("hang")) {
                hang();
            }
            String release = System.getProperty(RELEASE);
            return release == null ? sleep.start(request) : held(request, Path.of(release));
        }

        private WorkloadRun held(TrialRequest request, Path release) {
            SleepTraining training = (SleepTraining) request.training();
            SleepTraining quick = new SleepTraining(training.epochs(), Duration.ZERO);
            return new HeldRun(
                    sleep.start(new TrialRequest(
                            request.studyId(), request.number(), request.configuration(), quick, request.seed())),
                    training.epochDuration(),
                    release);
        }

        private static void hang() {
            try {
                Thread.sleep(Duration.ofHours(1).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("woken");
            }
        }
    }
}
