package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.conformance.ForwardConformance;
import io.trialstream.trainer.conformance.UpdateConformance;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import java.util.Map;

/** Against the definitions, with padded widths. */
class PaddedConformanceIT implements ForwardConformance, UpdateConformance {

    private static final LibtorchEngine ENGINE = new LibtorchEngine(new EngineOptions(true, false, Precision.FLOAT32));

    @Override
    public Engine engine() {
        return ENGINE;
    }

    @Override
    public Map<String, Tensor> gradients(EngineRun run, ImageBatch batch) {
        return LibtorchConformanceIT.slopes(run, batch);
    }
}
