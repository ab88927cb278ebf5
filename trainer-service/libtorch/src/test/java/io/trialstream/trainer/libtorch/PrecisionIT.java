package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.conformance.TinyNetworks;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.Random;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionIT {

    @AfterEach
    void restore() {
        Precision.FLOAT32.apply();
    }

    @Test
    void shouldRoundProductsOnAGpuOnlyWhereItIsAskedFor() {
        for (Precision precision : Precision.values()) {
            new LibtorchEngine(new EngineOptions(false, false, precision));

            assertThat(torch.globalContext().allowTF32CuDNN()).isEqualTo(precision != Precision.FLOAT32);
            assertThat(torch.globalContext().allowTF32CuBLAS()).isEqualTo(precision != Precision.FLOAT32);
        }
    }

    /** Every kind of layer; the loss falls as it does in float32, by what 8 bits leave of it. */
    @ParameterizedTest
    @CsvSource({"ELU, true, false", "RELU, false, true", "SELU, true, true"})
    void shouldTrainInBfloat16(Activation activation, boolean batchNorm, boolean padded) {
        NetworkBlueprint blueprint = TinyNetworks.everyLayer(activation, batchNorm, 0.2, 0.001, 0.3);
        double[] exact = losses(blueprint, new EngineOptions(padded, false, Precision.FLOAT32));
        double[] rounded = losses(blueprint, new EngineOptions(padded, false, Precision.BF16));

        assertThat(exact[29]).isLessThan(0.8 * exact[0]);
        assertThat(rounded).isNotEqualTo(exact);
        for (int step = 0; step < exact.length; step++) {
            assertThat(rounded[step]).as("step %d", step).isCloseTo(exact[step], offset(0.05 * exact[0]));
        }
        assertThat(torch.is_autocast_enabled(DeviceType.CPU)).isFalse();
    }

    private static double[] losses(NetworkBlueprint blueprint, EngineOptions options) {
        double[] losses = new double[31];
        try (EngineRun run = new LibtorchEngine(options).build(blueprint, TrainingRecipe.of(OptimizerKind.ADAM), 1)) {
            run.beginEpoch(1);
            for (int step = 0; step < 30; step++) {
                losses[step] = loss(run.train(images(), 0.01));
            }
            losses[30] = loss(run.evaluate(images()));
        }
        return losses;
    }

    private static double loss(BatchScore score) {
        return score.fine().loss() + score.coarse().loss();
    }

    /** A bfloat16 is a float whose lower 16 bits are zero. */
    @Test
    void shouldHaveFeatureMapsInBfloat16AndWeightsInFloat32() {
        NetworkBlueprint blueprint = TinyNetworks.everyLayer(Activation.ELU, true, 0.2, 0.001, 0.3);
        try (EngineRun run = new LibtorchEngine(new EngineOptions(false, false, Precision.BF16))
                .build(blueprint, TrainingRecipe.of(OptimizerKind.ADAM), 1)) {
            run.train(images(), 0.01);

            for (String layer : new String[] {"conv", "bn", "add", "max", "dense"}) {
                assertThat(run.activations(images()).get(layer))
                        .as(layer)
                        .satisfies(values -> assertThat(isBfloat16(values)).isTrue());
            }
            assertThat(isBfloat16(run.weights().get("conv/kernel").values())).isFalse();
        }
    }

    private static boolean isBfloat16(float[] values) {
        for (float value : values) {
            if ((Float.floatToIntBits(value) & 0xffff) != 0) {
                return false;
            }
        }
        return true;
    }

    private static ImageBatch images() {
        Random random = new Random(3);
        float[] pixels = new float[16 * 72];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() - 0.5f;
        }
        return new ImageBatch(
                pixels,
                random.ints(16, 0, TinyNetworks.FINE).toArray(),
                random.ints(16, 0, TinyNetworks.COARSE).toArray());
    }
}
