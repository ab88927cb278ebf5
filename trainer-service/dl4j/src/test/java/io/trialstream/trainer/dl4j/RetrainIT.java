package io.trialstream.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.conformance.RandomImages;
import io.trialstream.trainer.conformance.TinyNetworks;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.training.CnnWorkload;
import io.trialstream.trainer.training.FilterProbe;
import io.trialstream.trainer.training.Tensor;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.WorkloadRun;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What a retrained configuration leaves. */
class RetrainIT {

    private final Dl4jEngine engine = new Dl4jEngine();

    @Test
    void shouldLeaveWeightsAndAGridOfImagesForEachResidualSum() throws Exception {
        Map<String, Object> configuration = PublishedConfigurations.best();
        configuration.put("batch_size", 20);
        configuration.put("nb_conv_pool_layers", 2);
        configuration.put("residual", 1);
        CnnTraining training = new CnnTraining(RandomImages.NAME, 1, Protocol.HONEST, 0, 0, 0.2);
        Map<String, byte[]> files = new TreeMap<>();
        try (WorkloadRun run = new CnnWorkload(
                        engine, new DatasetCatalog(List.of(new RandomImages(60, 20))), Clock.systemUTC())
                .start(new TrialRequest("study", 0, configuration, training, 3, true))) {
            run.trainEpoch(1);
            assertThat(run.distributions())
                    .containsKeys("stage1_conv/kernel", "stage1_conv/activations", "fine_outputs/activations")
                    .allSatisfy((name, values) -> assertThat(values).isNotEmpty());
            run.finalMetrics();
            run.leave((name, content) -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try {
                    content.writeTo(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                files.put(name, out.toByteArray());
            });
        }

        assertThat(files)
                .containsOnlyKeys("best-weights.npz", "filters-stage1_res1_add.png", "filters-stage2_res1_add.png");
        // int(40 * 1.5958 * 0.2) = 12 filters: a grid of 3x3, images of 12 pixels between margins of 2.
        BufferedImage grid = ImageIO.read(new ByteArrayInputStream(files.get("filters-stage1_res1_add.png")));
        assertThat(grid.getWidth()).isEqualTo(3 * 14 + 2);
        assertThat(colours(grid)).isGreaterThan(100);
    }

    /** The probe's gradient against a central difference of its value, through every layer that it may meet. */
    @Test
    void shouldTellTheSlopeOfAFilter() {
        NetworkBlueprint network = probed();
        Random random = new Random(7);
        Map<String, Tensor> weights = new TreeMap<>();
        for (String layer : List.of("conv", "linear", "right")) {
            int kernel = layer.equals("conv") ? 3 * 2 * 9 : layer.equals("linear") ? 9 : 3 * 3 * 4;
            List<Integer> shape = layer.equals("conv")
                    ? List.of(3, 2, 3, 3)
                    : layer.equals("linear") ? List.of(3, 3, 1, 1) : List.of(3, 3, 2, 2);
            weights.put(layer + "/kernel", new Tensor(shape, random(random, kernel)));
            weights.put(layer + "/bias", new Tensor(List.of(3), random(random, 3)));
        }
        try (FilterProbe probe = engine.probe(network, weights).orElseThrow()) {
            float[] image = random(random, 2 * 6 * 6);
            float[] gradient = probe.ask(image, new int[] {1}).gradients();
            for (int i = 0; i < image.length; i += 7) {
                float[] above = image.clone();
                float[] below = image.clone();
                above[i] += 0.01f;
                below[i] -= 0.01f;
                double slope = (probe.ask(above, new int[] {1}).values()[0]
                                - probe.ask(below, new int[] {1}).values()[0])
                        / 0.02;
                assertThat((double) gradient[i]).as("value %d", i).isCloseTo(slope, offset(1e-3));
            }
        }
    }

    private static NetworkBlueprint probed() {
        NetworkBlueprint whole = TinyNetworks.everyLayer(Activation.ELU, false, 0.5, 0, 0.3);
        return NetworkBlueprint.of(
                whole.inputShape(),
                whole.layers().stream()
                        .filter(layer -> List.of("input", "conv", "linear", "right", "add")
                                .contains(layer.name()))
                        .map(layer -> layer.name().equals("right")
                                ? new io.trialstream.contracts.blueprint.BlueprintLayer.Convolution(
                                        "right", List.of("conv"), List.of(3, 6, 6), 3, 2, 1, Activation.ELU, 0, 39)
                                : layer)
                        .toList());
    }

    private static long colours(BufferedImage image) {
        return java.util.Arrays.stream(
                        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .distinct()
                .count();
    }

    private static float[] random(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
