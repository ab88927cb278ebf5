package io.trialstream.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.dataset.Dataset;
import io.trialstream.trainer.dataset.ImageSet;
import io.trialstream.trainer.dataset.ShapesDataset;
import io.trialstream.trainer.dataset.View;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.TrainingRecipe;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated data set is worth a convolutional network: a linear model gets nowhere on it. */
class ShapesIT {

    private static final int TRAIN = 4_000;
    private static final int TEST = 1_000;
    private static final int BATCH = 200;

    @TempDir
    private Path data;

    @Test
    void shouldLeaveALinearModelBelowFifteenPercent() {
        Dataset shapes = new ShapesDataset(data).open();
        NetworkBlueprint linear = NetworkBlueprint.of(
                shapes.imageShape(),
                List.of(
                        new BlueprintLayer.Input("input", shapes.imageShape()),
                        new BlueprintLayer.Flatten("flatten", List.of("input"), List.of(3072)),
                        new BlueprintLayer.Head(
                                "fine_outputs",
                                List.of("flatten"),
                                List.of(100),
                                100,
                                Activation.SOFTMAX,
                                1,
                                1e-4,
                                307_300),
                        new BlueprintLayer.Head(
                                "coarse_outputs",
                                List.of("flatten"),
                                List.of(20),
                                20,
                                Activation.SOFTMAX,
                                0.2,
                                1e-4,
                                61_460)));
        double best = 0;
        double training = 0;
        try (EngineRun run = new Dl4jEngine().build(linear, TrainingRecipe.of(OptimizerKind.ADAM), 1)) {
            for (int epoch = 0; epoch < 10; epoch++) {
                BatchScore trained = BatchScore.none();
                for (int from = 0; from < TRAIN; from += BATCH) {
                    trained = trained.plus(run.train(batch(shapes.train(), from), 0.001));
                }
                training = trained.fine().accuracy();
                BatchScore score = BatchScore.none();
                for (int from = 0; from < TEST; from += BATCH) {
                    score = score.plus(run.evaluate(batch(shapes.test(), from)));
                }
                best = Math.max(best, score.fine().accuracy());
            }
        }
        System.out.printf(
                "linear model on shapes: %.3f on its training images, at best %.3f on test images%n", training, best);
        assertThat(training).as("it does learn its training images").isGreaterThan(0.10);
        assertThat(best).isLessThan(0.15);
    }

    private static ImageBatch batch(ImageSet images, int from) {
        float[] pixels = new float[BATCH * images.pixels()];
        int[] fine = new int[BATCH];
        int[] coarse = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
            images.read(from + i, View.PLAIN, pixels, i * images.pixels());
            fine[i] = images.fineLabel(from + i);
            coarse[i] = images.coarseLabel(from + i);
        }
        return new ImageBatch(pixels, fine, coarse);
    }
}
