package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.conformance.SlotsConformance;
import io.trialstream.trainer.training.Engine;

class SlotsIT extends SlotsConformance {

    private static final Engine ENGINE = new Dl4jEngine();

    @Override
    protected Engine engine() {
        return ENGINE;
    }
}
