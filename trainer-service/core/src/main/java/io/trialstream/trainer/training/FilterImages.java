package io.trialstream.trainer.training;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.workload.ArtifactSink;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * What filters look for: for each of a layer's filters an image that excites it, found by gradient ascent from noise.
 * Each of 20 steps adds a tenth of the gradient divided by its root mean square. The most excited filters are stitched
 * into a square grid, one PNG for each residual sum, or for each stage's convolution where there are none.
 */
final class FilterImages {
    private static final int STEPS = 20;
    private static final double STEP = 0.1;
    private static final double NOISE = 0.05;
    /** Of layers with more filters, the first ones. */
    private static final int MOST_FILTERS = 64;

    private static final int TOGETHER = 16;
    private static final int MARGIN = 2;
    private static final double SPREAD = 0.15;

    /** A filter's image and how strongly it answers to it. */
    private record Excited(float[] image, float answer) {}

    private final Engine engine;
    private final NetworkBlueprint blueprint;
    private final Map<String, Tensor> weights;
    private final long seed;

    FilterImages(Engine engine, NetworkBlueprint blueprint, Map<String, Tensor> weights, long seed) {
        this.engine = engine;
        this.blueprint = blueprint;
        this.weights = weights;
        this.seed = seed;
    }

    /** Stores a {@code filters-LAYER.png} for each layer; none if the engine cannot probe. */
    void storeIn(ArtifactSink sink) {
        for (BlueprintLayer layer : layers()) {
            PlainNetwork network = PlainNetwork.upTo(layer.name(), blueprint, weights);
            Optional<FilterProbe> probe = engine.probe(network.blueprint(), network.weights());
            if (probe.isPresent()) {
                try (FilterProbe open = probe.get()) {
                    BufferedImage grid = grid(excite(open, layer.outputShape().get(0)));
                    sink.put("filters-" + layer.name() + ".png", out -> ImageIO.write(grid, "png", out));
                }
            }
        }
    }

    private List<BlueprintLayer> layers() {
        List<BlueprintLayer> sums = blueprint.layers().stream()
                .filter(BlueprintLayer.Add.class::isInstance)
                .toList();
        return sums.isEmpty()
                ? blueprint.layers().stream()
                        .filter(layer -> layer.name().matches("stage[0-9]+_conv"))
                        .toList()
                : sums;
    }

    private List<Excited> excite(FilterProbe probe, int filters) {
        Random random = new Random(seed);
        List<Excited> excited = new ArrayList<>();
        int most = Math.min(filters, MOST_FILTERS);
        for (int from = 0; from < most; from += TOGETHER) {
            Interruption.check();
            int[] channels = java.util.stream.IntStream.range(from, Math.min(from + TOGETHER, most))
                    .toArray();
            excited.addAll(excite(probe, channels, random));
        }
        excited.sort(Comparator.comparingDouble(Excited::answer).reversed());
        return excited;
    }

    private List<Excited> excite(FilterProbe probe, int[] channels, Random random) {
        int pixels = blueprint.inputShape().stream().reduce(1, Math::multiplyExact);
        float[] images = new float[channels.length * pixels];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) (NOISE * (2 * random.nextDouble() - 1));
        }
        FilterProbe.Answer answer = probe.ask(images, channels);
        for (int step = 0; step < STEPS; step++) {
            for (int image = 0; image < channels.length; image++) {
                climb(images, answer.gradients(), image * pixels, pixels);
            }
            answer = probe.ask(images, channels);
        }
        List<Excited> excited = new ArrayList<>();
        for (int image = 0; image < channels.length; image++) {
            excited.add(new Excited(
                    Arrays.copyOfRange(images, image * pixels, (image + 1) * pixels), answer.values()[image]));
        }
        return excited;
    }

    private static void climb(float[] images, float[] gradients, int from, int count) {
        double squares = 0;
        for (int i = from; i < from + count; i++) {
            squares += gradients[i] * gradients[i];
        }
        double scale = STEP / (Math.sqrt(squares / count) + 1e-8);
        for (int i = from; i < from + count; i++) {
            images[i] += (float) (scale * gradients[i]);
        }
    }

    private BufferedImage grid(List<Excited> excited) {
        int side = (int) Math.sqrt(excited.size());
        int height = blueprint.inputShape().get(1);
        int width = blueprint.inputShape().get(2);
        BufferedImage grid = new BufferedImage(
                side * (width + MARGIN) + MARGIN, side * (height + MARGIN) + MARGIN, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            int left = MARGIN + i % side * (width + MARGIN);
            int top = MARGIN + i / side * (height + MARGIN);
            draw(shown(excited.get(i).image()), grid, left, top, height, width);
        }
        return grid;
    }

    private void draw(int[] values, BufferedImage grid, int left, int top, int height, int width) {
        int plane = height * width;
        int channels = values.length / plane;
        for (int pixel = 0; pixel < plane; pixel++) {
            int red = values[pixel];
            int green = values[Math.min(1, channels - 1) * plane + pixel];
            int blue = values[Math.min(2, channels - 1) * plane + pixel];
            grid.setRGB(left + pixel % width, top + pixel / width, red << 16 | green << 8 | blue);
        }
    }

    /** Around mid-grey, so that most values are within what can be shown: 0 to 255. */
    private static int[] shown(float[] image) {
        double mean = 0;
        double squares = 0;
        for (float value : image) {
            mean += value / image.length;
        }
        for (float value : image) {
            squares += (value - mean) * (value - mean) / image.length;
        }
        int[] shown = new int[image.length];
        for (int i = 0; i < image.length; i++) {
            double value = 0.5 + SPREAD * (image[i] - mean) / (Math.sqrt(squares) + 1e-5);
            shown[i] = (int) Math.max(0, Math.min(255, Math.round(255 * value)));
        }
        return shown;
    }
}
