package io.trialstream.trainer;

import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.dataset.KnownDatasets;
import io.trialstream.trainer.dataset.ReleaseStore;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The data sets, and the workload that trains on them with the application's engine. */
@ApplicationScoped
class EngineTraining {

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
        return new CnnWorkload(engine, datasets, memory(engine, configuration), Clock.systemUTC());
    }

    private static TrialMemory memory(Engine engine, TrainerConfiguration configuration) {
        OptionalLong mebibytes = configuration.memoryPerTrialMebibytes();
        return mebibytes.isPresent()
                ? new TrialMemory(OptionalLong.of(mebibytes.getAsLong() << 20))
                : TrialMemory.share(engine.memoryBytes(), configuration.slots());
    }
}
