package io.trialstream.trainer.conformance;

import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import java.util.Map;

/** What an engine's module gives to the tests that it inherits. */
public interface EngineUnderTest {

    /** The engine, the same one each time. */
    Engine engine();

    /**
     * The slope of the training loss in every trained weight: mean cross-entropies times the heads' weights, plus the
     * penalties; dropout active. Changes no weight.
     *
     * @param run of {@link #engine()}
     * @return by the names and in the shapes of {@link EngineRun#weights()}
     */
    Map<String, Tensor> gradients(EngineRun run, ImageBatch batch);
}
