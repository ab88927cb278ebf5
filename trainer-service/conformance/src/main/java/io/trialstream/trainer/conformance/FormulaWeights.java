package io.trialstream.trainer.conformance;

import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Weights and images by a formula, the same for every engine: sines of the value's number, of the size that suits. */
final class FormulaWeights {

    private FormulaWeights() {}

    /** For the same arrays as given. */
    static Map<String, Tensor> like(Map<String, Tensor> arrays) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        arrays.forEach((name, array) -> weights.put(name, new Tensor(array.shape(), values(name, array))));
        return weights;
    }

    private static float[] values(String name, Tensor array) {
        String role = name.substring(name.lastIndexOf('/') + 1);
        double center = role.equals("gamma") || role.equals("variance") ? 1 : 0;
        double size = role.equals("kernel") ? 1.5 / Math.sqrt(fanIn(array.shape())) : 0.3;
        float[] values = new float[array.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (center + size * wave(Math.floorMod(name.hashCode(), 1000) + i));
        }
        return values;
    }

    private static int fanIn(List<Integer> shape) {
        return shape.size() == 4 ? shape.get(1) * shape.get(2) * shape.get(3) : shape.get(0);
    }

    /** Images within [-0.5, 0.5], labels that go around. */
    static ImageBatch images(int count, List<Integer> shape, int fineClasses, int coarseClasses) {
        float[] pixels = new float[count * shape.stream().reduce(1, Math::multiplyExact)];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (0.5 * wave(i));
        }
        int[] fine = new int[count];
        int[] coarse = new int[count];
        for (int i = 0; i < count; i++) {
            fine[i] = (3 * i + 1) % fineClasses;
            coarse[i] = (2 * i + 1) % coarseClasses;
        }
        return new ImageBatch(pixels, fine, coarse);
    }

    /** Within [-1, 1] and without a short period. */
    private static double wave(int number) {
        return Math.sin(0.7 + 12.9898 * number + 0.01 * number * (number % 7));
    }
}
