package io.trialstream.trainer.training;

import io.trialstream.contracts.Capability;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.dataset.Dataset;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.dataset.DatasetUnavailableException;
import io.trialstream.trainer.dataset.Split;
import io.trialstream.trainer.workload.RunFailedException;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.Workload;
import io.trialstream.trainer.workload.WorkloadRun;
import java.time.Clock;
import java.util.Objects;
import java.util.OptionalLong;

/** The seed's convolutional network, trained by any engine on any data set of the catalog. */
public final class CnnWorkload implements Workload {

    /** As studies name it. */
    public static final String NAME = CnnTraining.WORKLOAD;

    private final Engine engine;
    private final DatasetCatalog datasets;
    private final TrialMemory memory;
    private final Clock clock;

    /** Without a limit of memory. */
    public CnnWorkload(Engine engine, DatasetCatalog datasets, Clock clock) {
        this(engine, datasets, new TrialMemory(OptionalLong.empty()), clock);
    }

    /**
     * @param memory of all trials of this process
     * @param clock by which epochs' durations are taken
     */
    public CnnWorkload(Engine engine, DatasetCatalog datasets, TrialMemory memory, Clock clock) {
        this.memory = Objects.requireNonNull(memory, "memory");
        this.engine = Objects.requireNonNull(engine, "engine");
        this.datasets = Objects.requireNonNull(datasets, "datasets");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Capability capability() {
        return new Capability(NAME, CnnTraining.METRICS, CnnTraining.REQUIRED_KEYS, datasets.obtainable());
    }

    @Override
    public WorkloadRun start(TrialRequest request) {
        if (!(request.training() instanceof CnnTraining training)) {
            throw new IllegalArgumentException(
                    "training of workload " + request.training().workload() + " is not for " + NAME);
        }
        CnnHyperparameters parameters = CnnHyperparameters.from(request.configuration());
        Dataset dataset = open(training);
        requireCropsWithin(parameters.cropPadding(), dataset);
        Split split = split(dataset, training);
        NetworkBlueprint blueprint = CnnBlueprint.of(
                parameters,
                training.widthFactor(),
                dataset.imageShape(),
                dataset.fineClasses(),
                dataset.coarseClasses());
        memory.require(blueprint, parameters.optimizer(), parameters.batchSize());
        TrainingRecipe recipe =
                new TrainingRecipe(parameters.optimizer(), parameters.weightInit(), parameters.labelSmoothing());
        memory.trialBegins();
        EngineRun network;
        try {
            network = memory.within(() -> engine.build(blueprint, recipe, Seeds.WEIGHTS.of(request.seed(), 0)));
        } catch (RuntimeException e) {
            memory.trialEnds();
            throw e;
        }
        return new CnnRun(
                new CnnRun.Plan(
                        blueprint,
                        split,
                        dataset.test(),
                        parameters,
                        training.epochs(),
                        request.seed(),
                        request.retrain()),
                engine,
                network,
                memory,
                clock);
    }

    private Dataset open(CnnTraining training) {
        try {
            return training.imageSize() == 0
                    ? datasets.open(training.dataset())
                    : datasets.open(training.dataset(), training.imageSize());
        } catch (DatasetUnavailableException e) {
            throw new RunFailedException(ReasonCode.DATASET_UNAVAILABLE.name(), e.getMessage());
        }
    }

    private static void requireCropsWithin(int padding, Dataset dataset) {
        if (padding >= dataset.imageShape().get(1)) {
            throw new IllegalArgumentException("configuration key 'crop_padding' must be below the images' side of "
                    + dataset.imageShape().get(1) + " pixels but is " + padding);
        }
    }

    private static Split split(Dataset dataset, CnnTraining training) {
        return switch (training.protocol()) {
            case HONEST -> Split.honest(dataset, training.trainImages(), training.validationImages());
            case SEED -> Split.seed(dataset, training.trainImages(), training.validationImages());
        };
    }
}
