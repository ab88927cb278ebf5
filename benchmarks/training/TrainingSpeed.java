import com.sun.management.OperatingSystemMXBean;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.TrainingRecipe;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Trains batches of random images with one engine and prints one JSON line: images a second, by the clock and by the
 * processor time of all threads, and the process's peak of resident memory. A file to be launched as it is, with an engine's application on the class path: {@code
 * TrainingSpeed.java ENGINE_CLASS demo|best BATCH SECONDS}.
 */
public final class TrainingSpeed {

    private static final int WARM_UP_BATCHES = 2;
    private static final List<Integer> IMAGE = List.of(3, 32, 32);
    private static final int FINE = 100;
    private static final int COARSE = 20;

    public static void main(String[] arguments) throws Exception {
        int batchSize = Integer.parseInt(arguments[2]);
        double seconds = Double.parseDouble(arguments[3]);
        Engine engine = (Engine)
                Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        CnnHyperparameters parameters = CnnHyperparameters.from(
                arguments[1].equals("best") ? PublishedConfigurations.best() : PublishedConfigurations.demo());
        NetworkBlueprint blueprint = CnnBlueprint.of(parameters, 1, IMAGE, FINE, COARSE);
        List<ImageBatch> batches = List.of(batch(batchSize, 1), batch(batchSize, 2));
        try (EngineRun run = engine.build(blueprint, TrainingRecipe.of(parameters.optimizer()), 1)) {
            run.beginEpoch(1);
            for (int i = 0; i < WARM_UP_BATCHES; i++) {
                run.train(batches.get(i % 2), parameters.learningRate());
            }
            long processor = processorNanos();
            long start = System.nanoTime();
            int trained = 0;
            while (System.nanoTime() - start < seconds * 1e9) {
                run.train(batches.get(trained % 2), parameters.learningRate());
                trained++;
            }
            double elapsed = (System.nanoTime() - start) / 1e9;
            double used = (processorNanos() - processor) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "{\"engine\": \"%s\", \"device\": \"%s\", \"configuration\": \"%s\", \"batch\": %d,"
                            + " \"images_per_second\": %.2f, \"images_per_processor_second\": %.2f,"
                            + " \"peak_mebibytes\": %d}%n",
                    engine.name(),
                    engine.device(),
                    arguments[1],
                    batchSize,
                    trained * batchSize / elapsed,
                    trained * batchSize / used,
                    peakMebibytes());
        }
        // An engine's native threads must not keep the process.
        System.exit(0);
    }

    private static ImageBatch batch(int size, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[size * 3 * 32 * 32];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() - 0.5f;
        }
        return new ImageBatch(
                pixels, random.ints(size, 0, FINE).toArray(), random.ints(size, 0, COARSE).toArray());
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long peakMebibytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }
}
