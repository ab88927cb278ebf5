package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.conformance.SlotsConformance;
import io.trialstream.trainer.training.Engine;

class SlotsIT extends SlotsConformance {

    private static final Engine ENGINE = new LibtorchEngine();

    @Override
    protected Engine engine() {
        return ENGINE;
    }
}
