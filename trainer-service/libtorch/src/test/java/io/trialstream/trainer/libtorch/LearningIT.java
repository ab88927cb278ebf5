package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.conformance.LearningConformance;
import io.trialstream.trainer.training.Engine;

class LearningIT extends LearningConformance {

    private static final Engine ENGINE = new LibtorchEngine();

    @Override
    protected Engine engine() {
        return ENGINE;
    }
}
