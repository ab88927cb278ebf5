package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.conformance.ResumeConformance;
import io.trialstream.trainer.training.Engine;

class ResumeIT extends ResumeConformance {

    private static final Engine ENGINE = new Dl4jEngine();

    @Override
    protected Engine engine() {
        return ENGINE;
    }
}
