package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.run.StartupCheck;
import io.trialstream.trainer.training.Engine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the DL4J application adds to the trainer: the engine with its check. */
@ApplicationScoped
class Dl4jTrainer {

    @Produces
    @Singleton
    Engine engine() {
        return new Dl4jEngine();
    }

    /** Takes the engine so that it is set up before it is checked. */
    @Produces
    @Singleton
    StartupCheck check(Engine engine) {
        return EngineCheck::check;
    }
}
