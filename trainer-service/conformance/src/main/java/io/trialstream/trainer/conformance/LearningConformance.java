package io.trialstream.trainer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.dataset.Cifar100Archive;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.dataset.DownloadProgress;
import io.trialstream.trainer.training.CnnWorkload;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.InfeasibleException;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.WorkloadRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole workload on the real engine: small enough for a quarter of a minute, large enough that it must learn. */
public abstract class LearningConformance {

    @TempDir
    private static Path data;

    /** The engine, the same one each time. */
    protected abstract Engine engine();

    @Test
    void shouldRepeatACurveFromItsSeed() {
        CnnTraining training = new CnnTraining(RandomImages.NAME, 2, Protocol.HONEST, 0, 0, 0.1);

        assertThat(curve(training, 5)).isEqualTo(curve(training, 5)).isNotEqualTo(curve(training, 6));
    }

    @Test
    void shouldBeInfeasibleWhenItDiverges() {
        Map<String, Object> configuration = small();
        configuration.put("lr_rate_mult", 1e12);
        configuration.put("use_BN", false);
        configuration.put("activation", "relu");
        configuration.put("nb_conv_pool_layers", 2);
        CnnTraining training = new CnnTraining(RandomImages.NAME, 20, Protocol.HONEST, 0, 0, 0.1);

        Assertions.assertThatThrownBy(() -> {
                    try (WorkloadRun run = noise().start(new TrialRequest("diverge", 0, configuration, training, 1))) {
                        for (int epoch = 1; epoch <= run.totalEpochs(); epoch++) {
                            run.trainEpoch(epoch);
                        }
                    }
                })
                .isInstanceOfSatisfying(
                        InfeasibleException.class, e -> assertThat(e.code()).isEqualTo("NON_FINITE_LOSS"));
    }

    /**
     * Chance is 1 %. Without batch normalisation, whose running statistics need more than a hundred steps to settle.
     */
    @Test
    void shouldLearnFromRealImages() {
        Path archive = Path.of(System.getProperty("trialstream.shared", "")).resolve("data/cifar-100-binary.tar.gz");
        assumeTrue(Files.isRegularFile(archive), "SKIPPED: no CIFAR-100 archive at " + archive);
        DatasetCatalog cifar =
                new DatasetCatalog(List.of(new Cifar100Archive(data, Optional.of(archive), DownloadProgress.SILENT)));
        CnnTraining training = new CnnTraining("cifar100", 3, Protocol.HONEST, 2_000, 500, 0.25);
        Map<String, Object> configuration = small();
        configuration.put("use_BN", false);
        configuration.put("batch_size", 50);

        double best = 0;
        try (WorkloadRun run = new CnnWorkload(engine(), cifar, Clock.systemUTC())
                .start(new TrialRequest("real", 0, configuration, training, 1))) {
            for (int epoch = 1; epoch <= run.totalEpochs(); epoch++) {
                best = Math.max(best, run.trainEpoch(epoch).metrics().get("fine_accuracy"));
            }
        }

        assertThat(best).isGreaterThan(0.03);
    }

    private List<Map<String, Double>> curve(CnnTraining training, long seed) {
        Map<String, Object> configuration = PublishedConfigurations.demo();
        configuration.put("batch_size", 40);
        configuration.put("nb_conv_pool_layers", 2);
        List<Map<String, Double>> curve = new ArrayList<>();
        try (WorkloadRun run = noise().start(new TrialRequest("curve", 0, configuration, training, seed))) {
            for (int epoch = 1; epoch <= run.totalEpochs(); epoch++) {
                EpochMetrics metrics = run.trainEpoch(epoch);
                curve.add(metrics.metrics());
            }
        }
        return curve;
    }

    private CnnWorkload noise() {
        DatasetCatalog datasets = new DatasetCatalog(List.of(new RandomImages(200, 40)));
        return new CnnWorkload(engine(), datasets, Clock.systemUTC());
    }

    /** No residual units, no dropout, no penalty. */
    public static Map<String, Object> small() {
        Map<String, Object> values = PublishedConfigurations.demo();
        values.put("batch_size", 100);
        values.put("optimizer", "Adam");
        values.put("l2_weight_reg_mult", 0.0);
        values.put("conv_dropout_drop_proba", 0.0);
        values.put("fc_dropout_drop_proba", 0.0);
        values.put("first_conv", null);
        values.put("residual", null);
        values.put("pooling_type", "max");
        values.put("one_more_fc", null);
        values.put("activation", "relu");
        return values;
    }
}
