package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.conformance.RetrainConformance;
import io.trialstream.trainer.training.Engine;

class RetrainIT extends RetrainConformance {

    private static final Engine ENGINE = new Dl4jEngine();

    @Override
    protected Engine engine() {
        return ENGINE;
    }
}
