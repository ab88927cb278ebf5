package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.dataset.Dataset;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.dataset.Split;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.Workload;
import io.trialstream.trainer.workload.WorkloadRun;
import java.time.Clock;
import java.util.Objects;

/** The seed's convolutional network, trained by any engine on any data set of the catalog. */
public final class CnnWorkload implements Workload {

    /** As studies name it. */
    public static final String NAME = CnnTraining.WORKLOAD;

    private final Engine engine;
    private final DatasetCatalog datasets;
    private final Clock clock;

    /** @param clock by which epochs' durations are taken */
    public CnnWorkload(Engine engine, DatasetCatalog datasets, Clock clock) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.datasets = Objects.requireNonNull(datasets, "datasets");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public WorkloadRun start(TrialRequest request) {
        if (!(request.training() instanceof CnnTraining training)) {
            throw new IllegalArgumentException(
                    "training of workload " + request.training().workload() + " is not for " + NAME);
        }
        CnnHyperparameters parameters = CnnHyperparameters.from(request.configuration());
        Dataset dataset = datasets.open(training.dataset());
        Split split = split(dataset, training);
        NetworkBlueprint blueprint = CnnBlueprint.of(
                parameters,
                training.widthFactor(),
                dataset.imageShape(),
                dataset.fineClasses(),
                dataset.coarseClasses());
        EngineRun network = engine.build(
                blueprint,
                new OptimizerSettings(parameters.optimizer(), parameters.learningRate()),
                Seeds.WEIGHTS.of(request.seed(), 0));
        return new CnnRun(
                new CnnRun.Plan(
                        blueprint,
                        split,
                        dataset.test(),
                        parameters.batchSize(),
                        parameters.coarseLabelsWeight(),
                        training.epochs(),
                        request.seed()),
                network,
                clock);
    }

    private static Split split(Dataset dataset, CnnTraining training) {
        return switch (training.protocol()) {
            case HONEST -> Split.honest(dataset, training.trainImages(), training.validationImages());
            case SEED -> Split.seed(dataset, training.trainImages(), training.validationImages());
        };
    }
}
