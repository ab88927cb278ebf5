package io.trialstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.contracts.study.SleepTraining;
import io.trialstream.contracts.study.TrainingSettings;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.blueprint.WeightInit;
import io.trialstream.trainer.checkpoint.CheckpointHeader;
import io.trialstream.trainer.checkpoint.CheckpointId;
import io.trialstream.trainer.checkpoint.CheckpointStore;
import io.trialstream.trainer.checkpoint.DirectoryCheckpointStore;
import io.trialstream.trainer.checkpoint.StoredCheckpoint;
import io.trialstream.trainer.dataset.Availability;
import io.trialstream.trainer.dataset.Dataset;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.dataset.DatasetSource;
import io.trialstream.trainer.dataset.ImageSet;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.InfeasibleException;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.WorkloadRun;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CnnWorkloadTest {

    private final RecordingEngine engine = new RecordingEngine();
    private final Map<String, Object> extras = new HashMap<>();

    private TrialMemory memory = new TrialMemory(OptionalLong.empty());

    @TempDir
    private Path checkpoints;

    @Test
    void shouldUseEveryTrainingImageOnceAnEpoch() {
        train(Protocol.HONEST, 2, 5);

        // 1,800 training images in batches of 500: three full ones and the rest, twice.
        assertThat(engine.trained).extracting(ImageBatch::size).containsExactly(500, 500, 500, 300, 500, 500, 500, 300);
        assertThat(identities(engine.trained.subList(0, 4)))
                .doesNotHaveDuplicates()
                .hasSize(1_800);
        assertThat(identities(engine.trained.subList(0, 4)))
                .containsExactlyInAnyOrderElementsOf(identities(engine.trained.subList(4, 8)));
    }

    @Test
    void shouldShuffleAnewEachEpochAndFlipAboutHalf() {
        train(Protocol.HONEST, 2, 5);

        assertThat(identities(engine.trained.subList(0, 4))).isNotEqualTo(identities(engine.trained.subList(4, 8)));
        assertThat(flipped(engine.trained.subList(0, 4))).isBetween(800L, 1_000L);
        assertThat(engine.epochSeeds).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void shouldShowEqualBatchesForEqualSeeds() {
        train(Protocol.HONEST, 1, 5);
        List<ImageBatch> first = List.copyOf(engine.trained);
        engine.trained.clear();
        train(Protocol.HONEST, 1, 5);
        assertThat(engine.trained).usingRecursiveComparison().isEqualTo(first);

        engine.trained.clear();
        train(Protocol.HONEST, 1, 6);
        assertThat(identities(engine.trained)).isNotEqualTo(identities(first));
    }

    @Test
    void shouldNeverShowTheTestSetBeforeTheEnd() {
        try (WorkloadRun run = start(training(Protocol.HONEST, 2), 5)) {
            run.trainEpoch(1);
            run.trainEpoch(2);
            List<Integer> seen = identities(engine.trained);
            seen.addAll(identities(engine.evaluated));
            assertThat(seen).allMatch(identity -> identity < 2_000);
            engine.evaluated.clear();

            Map<String, Double> metrics = run.finalMetrics();

            assertThat(identities(engine.evaluated))
                    .hasSize(400)
                    .doesNotHaveDuplicates()
                    .allMatch(identity -> identity >= 2_000);
            assertThat(metrics)
                    .containsOnlyKeys(
                            "test_fine_accuracy",
                            "test_coarse_accuracy",
                            "test_fine_top5_accuracy",
                            "test_coarse_top5_accuracy",
                            "test_loss",
                            "test_fine_loss",
                            "test_coarse_loss");
        }
    }

    /** What studies are refused for, when they optimise anything else, is what an epoch really has. */
    @Test
    void shouldReportTheMetricsThatStudiesMayOptimise() {
        try (WorkloadRun run = start(training(Protocol.HONEST, 1), 5)) {
            assertThat(run.trainEpoch(1).metrics()).containsOnlyKeys(CnnTraining.METRICS);
        }
    }

    @Test
    void shouldNotFlipWhatItEvaluates() {
        train(Protocol.HONEST, 1, 5);

        assertThat(flipped(engine.evaluated)).isZero();
    }

    @Test
    void shouldReadTheTestSetWithTheWeightsOfTheBestEpoch() {
        try (WorkloadRun run = start(training(Protocol.HONEST, 3), 5)) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                int correct = List.of(10, 40, 20).get(epoch - 1);
                engine.scoring = batch -> RecordingEngine.score(batch.size(), 1, correct);
                run.trainEpoch(epoch);
            }
            run.finalMetrics();
        }

        // One batch of 200 selection images an epoch: kept after epochs 1 and 2, not after the worse third.
        assertThat(engine.weights).containsExactly("kept after 1", "kept after 2", "restored");
    }

    @Test
    void shouldSelectOnTheTestSetUnderTheSeedsProtocolAndReportItsBestEpoch() {
        try (WorkloadRun run = start(training(Protocol.SEED, 2), 5)) {
            engine.scoring = batch -> RecordingEngine.score(batch.size(), 1, batch.size() / 2);
            EpochMetrics first = run.trainEpoch(1);
            engine.scoring = batch -> RecordingEngine.score(batch.size(), 1, 0);
            run.trainEpoch(2);
            engine.evaluated.clear();

            assertThat(run.finalMetrics())
                    .containsEntry("test_fine_accuracy", first.metrics().get("fine_accuracy"));
            assertThat(engine.evaluated).isEmpty();
        }
        assertThat(identities(engine.trained.subList(0, 4))).hasSize(2_000);
    }

    @Test
    void shouldReportEveryMetricOfTheEpoch() {
        engine.scoring = batch -> new BatchScore(
                new HeadScore(batch.size(), 2.0 * batch.size(), batch.size() / 4, batch.size() / 2),
                new HeadScore(batch.size(), 1.0 * batch.size(), batch.size() / 2, batch.size()));
        try (WorkloadRun run = start(training(Protocol.HONEST, 1), 5)) {
            EpochMetrics epoch = run.trainEpoch(1);

            assertThat(epoch.metrics())
                    .containsEntry("fine_accuracy", 0.25)
                    .containsEntry("coarse_accuracy", 0.5)
                    .containsEntry("fine_top5_accuracy", 0.5)
                    .containsEntry("coarse_top5_accuracy", 1.0)
                    .containsEntry("fine_loss", 2.0)
                    .containsEntry("coarse_loss", 1.0)
                    .containsEntry("loss", 2.0 + 0.2)
                    .containsEntry("train_fine_accuracy", 0.25)
                    .containsEntry("train_loss", 2.2);
            assertThat(epoch.duration()).isPositive();
        }
    }

    @Test
    void shouldBeInfeasibleAtTheFirstLossThatIsNotFinite() {
        engine.scoring = batch -> RecordingEngine.score(batch.size(), engine.trained.size() == 2 ? Double.NaN : 1, 0);
        try (WorkloadRun run = start(training(Protocol.HONEST, 1), 5)) {
            assertThatThrownBy(() -> run.trainEpoch(1))
                    .isInstanceOfSatisfying(
                            InfeasibleException.class, e -> assertThat(e.code()).isEqualTo("NON_FINITE_LOSS"))
                    .hasMessageContaining("epoch 1");
            assertThat(engine.trained).hasSize(2);
        }
    }

    @Test
    void shouldStopBetweenBatchesWhenInterrupted() {
        engine.scoring = batch -> {
            Thread.currentThread().interrupt();
            return RecordingEngine.score(batch.size(), 1, 0);
        };
        try (WorkloadRun run = start(training(Protocol.HONEST, 1), 5)) {
            assertThatThrownBy(() -> run.trainEpoch(1)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(engine.trained).hasSize(1);
        }
        assertThat(engine.closed).isTrue();
    }

    @Test
    void shouldGoOnFromASavedState() throws Exception {
        CheckpointId id = new CheckpointId(new TrialId("study", 0), "run", 2);
        CheckpointStore store = new DirectoryCheckpointStore(checkpoints);
        CheckpointHeader header = new CheckpointHeader(
                1,
                new CheckpointHeader.Fingerprint("hash", Map.of(), 5, "recording"),
                new CheckpointHeader.Progress(2, 1, Map.of(), Map.of()));
        List<ImageBatch> uninterrupted;
        Map<String, Double> figures;
        try (WorkloadRun run = start(training(Protocol.SEED, 3), 5)) {
            engine.scoring = batch -> RecordingEngine.score(batch.size(), 1, batch.size() / 2);
            run.trainEpoch(1);
            engine.scoring = batch -> RecordingEngine.score(batch.size(), 1, 0);
            run.trainEpoch(2);
            store.write(id, header, run::save);
            engine.trained.clear();
            run.trainEpoch(3);
            uninterrupted = List.copyOf(engine.trained);
            figures = run.finalMetrics();
        }
        engine.trained.clear();

        try (WorkloadRun run = start(training(Protocol.SEED, 3), 5);
                StoredCheckpoint checkpoint = store.open(id)) {
            run.restore(2, checkpoint);
            run.trainEpoch(3);

            assertThat(engine.restored).containsExactly("after 8 steps, shown 8");
            assertThat(engine.trained).usingRecursiveComparison().isEqualTo(uninterrupted);
            assertThat(run.finalMetrics()).as("of the first epoch").isEqualTo(figures);
        }
    }

    @Test
    void shouldLowerTheLearningRateByItsSchedule() {
        extras.put("lr_schedule", "cosine");
        train(Protocol.HONEST, 2, 5);

        // Two epochs of four batches: factors (1 + cos(pi t / 8)) / 2 of 0.001.
        assertThat(engine.rates).hasSize(8);
        assertThat(engine.rates.get(0)).isEqualTo(0.001);
        assertThat(engine.rates.get(4)).isCloseTo(0.0005, offset(1e-12));
        assertThat(engine.rates.get(7)).isCloseTo(0.001 * (1 + Math.cos(Math.PI * 7 / 8)) / 2, offset(1e-12));
    }

    @Test
    void shouldMoveImagesWhereTheConfigurationAsksForCrops() {
        extras.put("crop_padding", 1);
        train(Protocol.HONEST, 1, 5);

        // An image's second row is 0 and 255: moved by a row or a column, at least one of its values is mid-grey.
        long moved = engine.trained.stream()
                .mapToLong(batch -> IntStream.range(0, batch.size())
                        .filter(image -> IntStream.range(0, 4).anyMatch(i -> batch.pixels()[image * 4 + i] == 0))
                        .count())
                .sum();
        assertThat(moved).as("eight of nine moves").isBetween(1_500L, 1_700L);
        assertThat(engine.evaluated)
                .allSatisfy(batch -> assertThat(batch.pixels()).doesNotContain(0f));
    }

    @Test
    void shouldBeInfeasibleBeforeItIsBuiltWhenItNeedsMoreThanATrialMayTake() {
        memory = new TrialMemory(OptionalLong.of(1 << 20));

        assertThatThrownBy(() -> start(training(Protocol.HONEST, 1), 5))
                .isInstanceOfSatisfying(
                        InfeasibleException.class, e -> assertThat(e.code()).isEqualTo("OUT_OF_MEMORY"))
                .hasMessageContaining("batches of 500")
                .hasMessageContaining("may take 1 MiB");
        assertThat(engine.recipe).isNull();
    }

    @Test
    void shouldBeInfeasibleWhenMemoryRunsOutForItAlone() {
        engine.scoring = batch -> {
            throw new OutOfMemoryError("Physical memory usage is too high");
        };
        try (WorkloadRun run = start(training(Protocol.HONEST, 1), 5)) {
            assertThatThrownBy(() -> run.trainEpoch(1))
                    .isInstanceOfSatisfying(
                            InfeasibleException.class, e -> assertThat(e.code()).isEqualTo("OUT_OF_MEMORY"))
                    .hasMessageContaining("Physical memory");
        }
    }

    @Test
    void shouldNotBlameAConfigurationWhenMemoryRunsOutBesideOthers() {
        engine.scoring = batch -> {
            throw new IllegalStateException(new OutOfMemoryError("Physical memory usage is too high"));
        };
        try (WorkloadRun run = start(training(Protocol.HONEST, 1), 5)) {
            try (WorkloadRun other = start(training(Protocol.HONEST, 1), 6)) {
                assertThat(other.totalEpochs()).isEqualTo(1);
                assertThatThrownBy(() -> run.trainEpoch(1))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("beside 1 other trials");
            }
        }
        try (WorkloadRun alone = start(training(Protocol.HONEST, 1), 5)) {
            assertThatThrownBy(() -> alone.trainEpoch(1)).isInstanceOf(InfeasibleException.class);
        }
    }

    @Test
    void shouldPassTheRecipeOn() {
        extras.put("weight_init", "he_normal");
        extras.put("label_smoothing", 0.1);
        start(training(Protocol.HONEST, 1), 5).close();

        assertThat(engine.recipe).isEqualTo(new TrainingRecipe(OptimizerKind.NADAM, WeightInit.HE_NORMAL, 0.1));
    }

    @Test
    void shouldRefuseEpochsOutOfOrder() {
        try (WorkloadRun run = start(training(Protocol.HONEST, 2), 5)) {
            assertThatIllegalArgumentException().isThrownBy(() -> run.trainEpoch(2));
        }
    }

    @Test
    void shouldPassTheOptimiserOn() {
        start(training(Protocol.HONEST, 1), 5).close();

        assertThat(engine.recipe).isEqualTo(TrainingRecipe.of(OptimizerKind.NADAM));
    }

    @Test
    void shouldRefuseUnknownDatasetsAndOtherWorkloads() {
        TrainingSettings unknown = new CnnTraining("imagenet", 1, Protocol.HONEST, 0, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(unknown, 5))
                .withMessageContaining("imagenet")
                .withMessageContaining("tiny");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(new SleepTraining(1, Duration.ZERO), 5))
                .withMessageContaining("sleep");
    }

    private void train(Protocol protocol, int epochs, long seed) {
        try (WorkloadRun run = start(training(protocol, epochs), seed)) {
            for (int epoch = 1; epoch <= epochs; epoch++) {
                run.trainEpoch(epoch);
            }
        }
    }

    private WorkloadRun start(TrainingSettings training, long seed) {
        Map<String, Object> configuration = PublishedConfigurations.demo();
        configuration.put("batch_size", 500);
        configuration.put("pooling_type", "all_conv");
        configuration.putAll(extras);
        return new CnnWorkload(engine, new DatasetCatalog(List.of(new TinySource())), memory, Clock.systemUTC())
                .start(new TrialRequest("study", 0, configuration, training, seed));
    }

    private static CnnTraining training(Protocol protocol, int epochs) {
        return new CnnTraining("tiny", epochs, protocol, 0, 0, 1);
    }

    /**
     * Each image is 2x2: its number in the first row's two columns and, mirrored, marks of left and right in the
     * second.
     */
    private static final class TinySource implements DatasetSource {

        @Override
        public String name() {
            return "tiny";
        }

        @Override
        public Availability availability() {
            return new Availability.Available("here");
        }

        @Override
        public Dataset open() {
            return new Dataset("tiny", List.of(1, 2, 2), 10, 2, images(0, 2_000), images(2_000, 2_400));
        }

        private static ImageSet images(int from, int to) {
            ByteBuffer records = ByteBuffer.allocate((to - from) * 6);
            for (int number = from; number < to; number++) {
                records.put((byte) (number % 10 / 5)).put((byte) (number % 10));
                records.put((byte) (number / 100))
                        .put((byte) (number % 100))
                        .put((byte) 0)
                        .put((byte) 255);
            }
            return new ImageSet(records.flip(), 1, 2, 2);
        }
    }

    private static List<Integer> identities(List<ImageBatch> batches) {
        List<Integer> identities = new ArrayList<>();
        for (ImageBatch batch : batches) {
            for (int image = 0; image < batch.size(); image++) {
                int[] bytes = bytes(batch, image);
                boolean flipped = bytes[2] == 255;
                identities.add(flipped ? bytes[1] * 100 + bytes[0] : bytes[0] * 100 + bytes[1]);
            }
        }
        return identities;
    }

    private static long flipped(List<ImageBatch> batches) {
        return batches.stream()
                .mapToLong(batch -> java.util.stream.IntStream.range(0, batch.size())
                        .filter(image -> bytes(batch, image)[2] == 255)
                        .count())
                .sum();
    }

    private static int[] bytes(ImageBatch batch, int image) {
        float[] pixels = Arrays.copyOfRange(batch.pixels(), image * 4, image * 4 + 4);
        int[] bytes = new int[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = Math.round((pixels[i] + 0.5f) * 255);
        }
        return bytes;
    }
}
