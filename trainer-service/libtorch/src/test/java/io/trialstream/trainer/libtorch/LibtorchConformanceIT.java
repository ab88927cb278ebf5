package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.conformance.ForwardConformance;
import io.trialstream.trainer.conformance.TrainingConformance;
import io.trialstream.trainer.conformance.UpdateConformance;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;

class LibtorchConformanceIT implements ForwardConformance, UpdateConformance, TrainingConformance {

    private static final LibtorchEngine ENGINE = new LibtorchEngine();

    @Override
    public Engine engine() {
        return ENGINE;
    }

    @Override
    public Map<String, Tensor> gradients(EngineRun run, ImageBatch batch) {
        return slopes(run, batch);
    }

    static Map<String, Tensor> slopes(EngineRun run, ImageBatch batch) {
        LibtorchRun network = (LibtorchRun) run;
        try (PointerScope scope = new PointerScope()) {
            network.differentiate(network.placed(batch));
            return network.gradients();
        }
    }
}
