package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.conformance.LearningConformance;
import io.trialstream.trainer.training.Engine;

class LearningIT extends LearningConformance {

    private static final Engine ENGINE = new Dl4jEngine();

    @Override
    protected Engine engine() {
        return ENGINE;
    }
}
