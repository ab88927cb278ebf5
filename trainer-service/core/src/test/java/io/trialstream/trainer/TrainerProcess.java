package io.trialstream.trainer;

import io.trialstream.artifacts.DirectoryArtifactStore;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.trainer.checkpoint.CheckpointSettings;
import io.trialstream.trainer.checkpoint.DirectoryCheckpointStore;
import io.trialstream.trainer.run.Artifacts;
import io.trialstream.trainer.run.Checkpoints;
import io.trialstream.trainer.run.RunListener;
import io.trialstream.trainer.run.TrialResources;
import io.trialstream.trainer.run.Workloads;
import io.trialstream.trainer.sleep.SleepWorkload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A trainer as a process of its own, which tests can kill. */
final class TrainerProcess {

    private TrainerProcess() {}

    /** Arguments: bootstrap servers, trainer id, pool, directory of checkpoints. */
    public static void main(String[] arguments) throws InterruptedException {
        TrainerSettings settings = new TrainerSettings(
                arguments[1],
                arguments[2],
                1,
                Duration.ofMillis(500),
                Duration.ofSeconds(15),
                Duration.ofMillis(2500),
                Duration.ofSeconds(20),
                false);
        Trainer trainer = new Trainer(
                settings,
                new KafkaConnection(Map.of("bootstrap.servers", arguments[0])),
                TrialResources.withoutEngine(
                        new Workloads(List.of(new SleepWorkload())),
                        new Checkpoints(
                                new DirectoryCheckpointStore(Path.of(arguments[3])),
                                new CheckpointSettings(1, Duration.ZERO)),
                        new Artifacts(
                                new DirectoryArtifactStore(Path.of(arguments[3]).resolveSibling("artifacts")), true)),
                RunListener.none(),
                () -> System.exit(1));
        trainer.start();
        new CountDownLatch(1).await();
    }

    /** Starts one; its output goes to a file below {@code logs}. */
    static Process start(TestCluster cluster, String trainerId, String pool, Path logs) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TrainerProcess.class.getName(),
                        cluster.connection().bootstrapServers(),
                        trainerId,
                        pool,
                        cluster.checkpoints().toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(logs.toFile(), trainerId + ".log"))
                .start();
    }
}
