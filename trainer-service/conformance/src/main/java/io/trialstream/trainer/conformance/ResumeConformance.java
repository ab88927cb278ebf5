package io.trialstream.trainer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.checkpoint.CheckpointHeader;
import io.trialstream.trainer.checkpoint.CheckpointId;
import io.trialstream.trainer.checkpoint.CheckpointStore;
import io.trialstream.trainer.checkpoint.DirectoryCheckpointStore;
import io.trialstream.trainer.checkpoint.StoredCheckpoint;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.training.CnnWorkload;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.WorkloadRun;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run that goes on from a checkpoint has, bit by bit, the curve of one that was never interrupted: with dropout,
 * batch normalisation, flips, crops and a schedule. The demo configuration, very narrow, on random images.
 */
public abstract class ResumeConformance {
    private static final CheckpointId CHECKPOINT = new CheckpointId(new TrialId("study", 0), "run", 2);

    @TempDir
    private Path directory;

    /** The engine, the same one each time. */
    protected abstract Engine engine();

    @ParameterizedTest
    @CsvSource({"Nadam, elu", "Adam, selu", "RMSprop, relu"})
    void shouldContinueTheCurveExactly(String optimizer, String activation) throws Exception {
        CheckpointStore store = new DirectoryCheckpointStore(directory);
        List<Map<String, Double>> whole = new ArrayList<>();
        try (WorkloadRun run = start(optimizer, activation)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                whole.add(run.trainEpoch(epoch).metrics());
            }
            store.write(CHECKPOINT, header(), run::save);
            for (int epoch = 3; epoch <= 4; epoch++) {
                whole.add(run.trainEpoch(epoch).metrics());
            }
            whole.add(run.finalMetrics());
        }

        List<Map<String, Double>> resumed = new ArrayList<>();
        try (WorkloadRun run = start(optimizer, activation);
                StoredCheckpoint checkpoint = store.open(CHECKPOINT)) {
            run.restore(2, checkpoint);
            for (int epoch = 3; epoch <= 4; epoch++) {
                resumed.add(run.trainEpoch(epoch).metrics());
            }
            resumed.add(run.finalMetrics());
        }

        assertThat(resumed).isEqualTo(whole.subList(2, 5));
        assertThat(whole.get(3)).isNotEqualTo(whole.get(2));
    }

    private WorkloadRun start(String optimizer, String activation) {
        Map<String, Object> configuration = PublishedConfigurations.demo();
        configuration.put("optimizer", optimizer);
        configuration.put("activation", activation);
        configuration.put("batch_size", 24);
        configuration.put("nb_conv_pool_layers", 2);
        configuration.put("residual", 1);
        configuration.put("lr_schedule", "cosine");
        configuration.put("crop_padding", 2);
        configuration.put("label_smoothing", 0.1);
        CnnTraining training = new CnnTraining(RandomImages.NAME, 4, Protocol.HONEST, 0, 0, 0.1);
        return new CnnWorkload(engine(), new DatasetCatalog(List.of(new RandomImages(60, 20))), Clock.systemUTC())
                .start(new TrialRequest("study", 0, configuration, training, 17));
    }

    private static CheckpointHeader header() {
        return new CheckpointHeader(
                1,
                new CheckpointHeader.Fingerprint("hash", Map.of(), 17, "any"),
                new CheckpointHeader.Progress(2, 1, Map.of(), Map.of()));
    }
}
