package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.conformance.RetrainConformance;
import io.trialstream.trainer.training.Engine;

class RetrainIT extends RetrainConformance {

    private static final Engine ENGINE = new LibtorchEngine();

    @Override
    protected Engine engine() {
        return ENGINE;
    }
}
