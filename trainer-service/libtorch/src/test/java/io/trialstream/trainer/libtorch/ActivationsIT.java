package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.conformance.TinyNetworks;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivationsIT {

    /** A sum works in the place of its linear branch, whose own output must have been told before. */
    @Test
    void shouldTellEachLayersOwnOutput() {
        NetworkBlueprint blueprint = TinyNetworks.everyLayer(Activation.ELU, true, 0.3, 0.001, 0.3);
        try (EngineRun run = new LibtorchEngine().build(blueprint, TrainingRecipe.of(OptimizerKind.ADAM), 1)) {
            float[] pixels = new float[2 * 72];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (float) Math.sin(i);
            }

            Map<String, float[]> activations =
                    run.activations(new ImageBatch(pixels, new int[] {0, 1}, new int[] {0, 1}));

            float[] linear = activations.get("linear");
            float[] right = activations.get("right");
            float[] sum = activations.get("add");
            for (int i = 0; i < sum.length; i++) {
                assertThat(sum[i]).isCloseTo(linear[i] + right[i], offset(1e-6f));
            }
            float[] fine = activations.get("fine_outputs");
            double total = 0;
            for (float probability : fine) {
                total += probability;
            }
            assertThat(total).isCloseTo(2, offset(1e-5));
        }
    }
}
