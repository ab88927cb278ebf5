package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.conformance.RandomImages;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.dataset.ImageSet;
import io.trialstream.trainer.training.BatchPlan;
import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.CnnWorkload;
import io.trialstream.trainer.training.HeadScore;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.WorkloadRun;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches and whole trials as the host makes them, to the last bit: here the device is the CPU. */
class ImagesOnDeviceIT {

    /** Not square, so that rows and columns cannot be mistaken for each other. */
    private static final int HEIGHT = 5;

    private static final int WIDTH = 7;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void shouldAssembleTheHostsTrainingBatches(int cropPadding) {
        ImageSet images = images(23);

        assertSameBatches(BatchPlan.training(images, new int[] {3, 22, 0, 7, 9, 11, 2}, 3, cropPadding, 8, 1));
    }

    @Test
    void shouldAssembleTheHostsSelection() {
        assertSameBatches(
                BatchPlan.evaluation(images(1030), IntStream.range(1000, 1030).toArray(), 8));
    }

    private static void assertSameBatches(BatchPlan plan) {
        try (PointerScope scope = new PointerScope();
                ResidentImages resident = new ResidentImages(plan.images(), TorchDevice.CPU);
                DeviceBatches batches = new DeviceBatches(plan, resident, TorchDevice.CPU)) {
            for (int number = 0; number < plan.batches(); number++) {
                ImageBatch expected = plan.batch(number);
                TensorBatch actual = batches.batch(number);

                assertThat(actual.images().shape()).containsExactly(expected.size(), 2, HEIGHT, WIDTH);
                assertThat(TensorValues.read(actual.images())).isEqualTo(expected.pixels());
                assertThat(TensorValues.read(actual.fine())).isEqualTo(floats(expected.fine()));
                assertThat(TensorValues.read(actual.coarse())).isEqualTo(floats(expected.coarse()));
            }
        }
    }

    private static float[] floats(int[] labels) {
        float[] values = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            values[i] = labels[i];
        }
        return values;
    }

    private static ImageSet images(int count) {
        Random random = new Random(4);
        byte[] record = new byte[2 + 2 * HEIGHT * WIDTH];
        ByteBuffer records = ByteBuffer.allocate(count * record.length);
        for (int i = 0; i < count; i++) {
            random.nextBytes(record);
            records.put(record);
        }
        return new ImageSet(records.flip(), 2, HEIGHT, WIDTH);
    }

    /** Flips, crops, dropout, a smaller last batch, selection and test. */
    @Test
    void shouldHaveTheHostsCurve() {
        assertThat(curve(true)).isEqualTo(curve(false));
    }

    private static List<Map<String, Double>> curve(boolean onDevice) {
        Map<String, Object> configuration = PublishedConfigurations.demo();
        configuration.put("batch_size", 24);
        configuration.put("nb_conv_pool_layers", 2);
        configuration.put("crop_padding", 2);
        CnnTraining training = new CnnTraining(RandomImages.NAME, 2, Protocol.HONEST, 0, 0, 0.1);
        List<Map<String, Double>> curve = new ArrayList<>();
        try (WorkloadRun run = new CnnWorkload(
                        new LibtorchEngine(new EngineOptions(false, onDevice, Precision.FLOAT32)),
                        new DatasetCatalog(List.of(new RandomImages(60, 20))),
                        Clock.systemUTC())
                .start(new TrialRequest("curve", 0, configuration, training, 17))) {
            for (int epoch = 1; epoch <= run.totalEpochs(); epoch++) {
                curve.add(run.trainEpoch(epoch).metrics());
            }
            curve.add(run.finalMetrics());
        }
        return curve;
    }

    /** Equal probabilities, ones that underflow, and what is not a number. */
    @ParameterizedTest
    @ValueSource(strings = {"random", "equal", "certain", "nan"})
    void shouldScoreAsTheCoreDoes(String kind) {
        int classes = 9;
        int[] labels = {0, 3, 8, 5, 6, 2};
        float[] logits = new float[labels.length * classes];
        Random random = new Random(6);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = switch (kind) {
                case "equal" -> 0.5f;
                case "certain" -> i % classes == 3 ? 200 : 0;
                default -> random.nextFloat();
            };
        }
        logits[4] = kind.equals("nan") ? Float.NaN : logits[4];
        try (PointerScope scope = new PointerScope()) {
            Tensor given = Tensor.create(logits, labels.length, classes);
            Tensor wanted = Tensor.create(IntStream.of(labels).asLongStream().toArray());
            HeadScore expected = HeadScore.of(TensorValues.read(given.softmax(1)), labels, classes);

            BatchScore score = Scores.read(
                    Scores.of(List.of(given, given), new TensorBatch(given, wanted, wanted)), labels.length);

            assertThat(score.coarse()).isEqualTo(score.fine());
            assertThat(score.fine().images()).isEqualTo(expected.images());
            assertThat(score.fine().correct()).isEqualTo(expected.correct());
            assertThat(score.fine().correctInTop5()).isEqualTo(expected.correctInTop5());
            if (kind.equals("nan")) {
                assertThat(score.fine().lossSum()).isNaN();
            } else {
                assertThat(score.fine().lossSum()).isCloseTo(expected.lossSum(), Offset.offset(1e-9));
            }
        }
    }
}
