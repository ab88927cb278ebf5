package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.conformance.ResumeConformance;
import io.trialstream.trainer.training.Engine;

class ResumeIT extends ResumeConformance {

    private static final Engine ENGINE = new LibtorchEngine();

    @Override
    protected Engine engine() {
        return ENGINE;
    }
}
