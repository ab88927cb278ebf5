package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.TrainerConfiguration;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.dataset.KnownDatasets;
import io.trialstream.trainer.dataset.ReleaseStore;
import io.trialstream.trainer.run.StartupCheck;
import io.trialstream.trainer.training.CnnWorkload;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.training.TrialMemory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Pointer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the libtorch application adds to the trainer: the engine with its check, the data sets, the workload. */
@ApplicationScoped
class LibtorchTrainer {

    @Produces
    @Singleton
    Engine engine() {
        return new LibtorchEngine();
    }

    /** Takes the engine so that it is set up before it is checked. */
    @Produces
    @Singleton
    StartupCheck check(Engine engine) {
        return EngineCheck::check;
    }

    @Produces
    @Singleton
    DatasetCatalog datasets(
            TrainerConfiguration configuration,
            @ConfigProperty(name = ReleaseStore.LOCATION_VARIABLE) Optional<String> location) {
        return KnownDatasets.catalog(
                configuration.dataDirectory(),
                location.filter(text -> !text.isBlank()).map(Path::of),
                configuration.imageFolders());
    }

    @Produces
    @Singleton
    CnnWorkload cnn(Engine engine, DatasetCatalog datasets, TrainerConfiguration configuration) {
        return new CnnWorkload(engine, datasets, memory(configuration), Clock.systemUTC());
    }

    /** What JavaCPP lets the engine allocate ({@code org.bytedeco.javacpp.maxbytes}) is shared by the slots. */
    private static TrialMemory memory(TrainerConfiguration configuration) {
        if (configuration.memoryPerTrialMebibytes().isPresent()) {
            return new TrialMemory(
                    OptionalLong.of(configuration.memoryPerTrialMebibytes().getAsLong() << 20));
        }
        long bytes = Pointer.maxBytes() / configuration.slots();
        return new TrialMemory(bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty());
    }
}
