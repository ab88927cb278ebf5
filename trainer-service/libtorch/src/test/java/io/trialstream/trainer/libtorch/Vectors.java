package io.trialstream.trainer.libtorch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A vector of doubles, taken apart after a {@link WeightLayout}. */
final class Vectors {

    private Vectors() {}

    static double[] read(Tensor vector) {
        try (PointerScope scope = new PointerScope()) {
            double[] values = new double[Math.toIntExact(vector.numel())];
            if (values.length > 0) {
                new DoublePointer(vector.data_ptr()).get(values);
            }
            return values;
        }
    }

    /** Array by array, without padding and gaps. */
    static Map<String, double[]> arrays(double[] vector, WeightLayout layout, boolean trained) {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        for (WeightSlot slot : layout.slots()) {
            if (slot.role().isTrained() == trained) {
                double[] values = new double[Math.toIntExact(slot.size())];
                for (int i = 0; i < values.length; i++) {
                    values[i] = vector[(int) (slot.offset() + slot.placeInMemory(i))];
                }
                arrays.put(slot.key(), values);
            }
        }
        return arrays;
    }

    /** What no array has: padding and gaps. */
    static double[] rest(double[] vector, WeightLayout layout, boolean trained) {
        double[] rest = vector.clone();
        for (WeightSlot slot : layout.slots()) {
            for (int i = 0; slot.role().isTrained() == trained && i < slot.size(); i++) {
                rest[(int) (slot.offset() + slot.placeInMemory(i))] = 0;
            }
        }
        return rest;
    }
}
