package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.conformance.TinyNetworks;
import io.trialstream.trainer.dataset.ImageSet;
import io.trialstream.trainer.training.BatchPlan;
import io.trialstream.trainer.training.DevicePasses;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.TrainingRecipe;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class MemoryIT {

    private static final NetworkBlueprint BLUEPRINT = TinyNetworks.everyLayer(Activation.ELU, true, 0.3, 0.001, 0.3);

    private static final BatchPlan PLAN = BatchPlan.training(
            new ImageSet(ByteBuffer.allocate(6 * 74), 2, 6, 6), new int[] {0, 1, 2, 3, 4, 5}, 4, 1, 1, 1);

    /** JavaCPP counts what it has not freed: native objects by the number. */
    @Test
    void shouldLeaveNoNativeObjectBehind() {
        LibtorchEngine engine = new LibtorchEngine(new EngineOptions(true, true, Precision.FLOAT32));
        ImageBatch batch = new ImageBatch(new float[4 * 72], new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 0});
        useEverything(engine, batch);
        long before = Pointer.totalCount();

        for (int i = 0; i < 20; i++) {
            useEverything(engine, batch);
        }

        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    private static void useEverything(LibtorchEngine engine, ImageBatch batch) {
        try (EngineRun run = engine.build(BLUEPRINT, TrainingRecipe.of(OptimizerKind.NADAM), 1)) {
            run.beginEpoch(1);
            run.train(batch, 0.001);
            run.evaluate(batch);
            DevicePasses passes = run.onDevice().orElseThrow();
            for (int epoch = 1; epoch <= 2; epoch++) {
                passes.begin(PLAN);
                passes.train(0, 0.001);
                passes.evaluate(1);
                passes.score();
            }
            run.keepWeights();
            run.keepWeights();
            run.restoreKeptWeights();
            run.setWeights(run.weights());
        }
    }

    @Test
    void shouldTellThatMemoryRanOut() {
        RuntimeException told = new RuntimeException(
                "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory: you tried"
                        + " to allocate 1 bytes. Error code 12\nstack");
        RuntimeException other = new RuntimeException("shape mismatch");

        assertThatThrownBy(() -> AllocationFailure.toldBy(told))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessageStartingWith("[enforce fail")
                .hasMessageNotContaining("stack");
        assertThat(AllocationFailure.toldBy(other)).isSameAs(other);
    }
}
