package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.TrainerConfiguration;
import io.trialstream.trainer.dataset.Cifar100Archive;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.dataset.ReleaseStore;
import io.trialstream.trainer.dataset.ShapesDataset;
import io.trialstream.trainer.run.StartupCheck;
import io.trialstream.trainer.training.CnnWorkload;
import io.trialstream.trainer.training.Engine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the libtorch application adds to the trainer: the engine with its check, the data sets, the workload. */
@ApplicationScoped
class LibtorchTrainer {

    private static final Logger LOG = LoggerFactory.getLogger(LibtorchTrainer.class);
    private static final long PROGRESS_BYTES = 16L << 20;

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
        Path directory = configuration.dataDirectory();
        return new DatasetCatalog(List.of(
                new Cifar100Archive(
                        directory, location.filter(text -> !text.isBlank()).map(Path::of), (bytes, total) -> {
                            if (bytes % PROGRESS_BYTES < 1 << 20) {
                                LOG.info(
                                        "downloading CIFAR-100 mebibytes={} of={}",
                                        bytes >> 20,
                                        total.isPresent() ? total.getAsLong() >> 20 : "unknown");
                            }
                        }),
                new ShapesDataset(directory)));
    }

    @Produces
    @Singleton
    CnnWorkload cnn(Engine engine, DatasetCatalog datasets) {
        return new CnnWorkload(engine, datasets, Clock.systemUTC());
    }
}
