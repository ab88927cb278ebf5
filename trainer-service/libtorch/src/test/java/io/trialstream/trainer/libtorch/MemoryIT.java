package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.conformance.TinyNetworks;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.TrainingRecipe;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class MemoryIT {

    private static final NetworkBlueprint BLUEPRINT = TinyNetworks.everyLayer(Activation.ELU, true, 0.3, 0.001, 0.3);

    /** JavaCPP counts what it has not freed: native objects by the number. */
    @Test
    void shouldLeaveNoNativeObjectBehind() {
        LibtorchEngine engine = new LibtorchEngine();
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
