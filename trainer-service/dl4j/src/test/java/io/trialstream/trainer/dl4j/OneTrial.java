package io.trialstream.trainer.dl4j;

import com.sun.management.OperatingSystemMXBean;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.conformance.LearningConformance;
import io.trialstream.trainer.dataset.Cifar100Archive;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.dataset.DownloadProgress;
import io.trialstream.trainer.dataset.ShapesDataset;
import io.trialstream.trainer.training.CnnWorkload;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.WorkloadRun;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains one trial outside any service, to measure: {@code OneTrial demo|best|small DATASET WIDTH_FACTOR TRAIN_IMAGES
 * VALIDATION_IMAGES EPOCHS}, with CIFAR-100 as {@code TRIALSTREAM_DATA} says. Run with {@code OMP_NUM_THREADS=1} to
 * measure one core.
 */
final class OneTrial {

    private OneTrial() {}

    public static void main(String[] arguments) {
        Map<String, Object> configuration =
                switch (arguments[0]) {
                    case "best" -> PublishedConfigurations.best();
                    case "demo" -> PublishedConfigurations.demo();
                    default -> LearningConformance.small();
                };
        CnnTraining training = new CnnTraining(
                arguments[1],
                Integer.parseInt(arguments[5]),
                Protocol.HONEST,
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Double.parseDouble(arguments[2]));
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), "trialstream-data");
        Optional<Path> location =
                Optional.ofNullable(System.getenv("TRIALSTREAM_DATA")).map(Path::of);
        DatasetCatalog datasets = new DatasetCatalog(List.of(
                new Cifar100Archive(directory, location, DownloadProgress.SILENT), new ShapesDataset(directory)));
        Dl4jEngine engine = new Dl4jEngine();
        System.out.println(engine.device() + ": " + EngineCheck.check());
        long start = System.nanoTime();
        try (WorkloadRun run = new CnnWorkload(engine, datasets, Clock.systemUTC())
                .start(new TrialRequest("measure", 0, configuration, training, 1))) {
            System.out.printf(
                    "%d parameters, built after %.1f s%n",
                    run.blueprint().orElseThrow().parameters(), seconds(start));
            for (int epoch = 1; epoch <= run.totalEpochs(); epoch++) {
                long processor = processorNanos();
                System.out.println(run.trainEpoch(epoch));
                System.out.printf("epoch %d: %.1f s of processor time%n", epoch, (processorNanos() - processor) / 1e9);
            }
            System.out.printf("%.1f s for training%n%s%n", seconds(start), run.finalMetrics());
            System.out.printf("%.1f s in all%n", seconds(start));
        }
    }

    /** Of all threads of this process: on a busy machine it says more than the clock. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
