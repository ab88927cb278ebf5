package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.run.StartupCheck;
import io.trialstream.trainer.training.Engine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the libtorch application adds to the trainer: the engine with its check. */
@ApplicationScoped
class LibtorchTrainer {

    @Produces
    @Singleton
    Engine engine(LibtorchConfiguration configuration) {
        return new LibtorchEngine(EngineOptions.of(TorchDevice.best(), configuration));
    }

    /** Takes the engine so that it is set up before it is checked. */
    @Produces
    @Singleton
    StartupCheck check(Engine engine) {
        return EngineCheck::check;
    }
}
