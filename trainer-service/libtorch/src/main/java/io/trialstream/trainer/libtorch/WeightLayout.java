package io.trialstream.trainer.libtorch;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.training.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each of a network's weights lies in two flat buffers, one that gradients change and one of running statistics.
 * An update rule is then a few operations on one array, however many layers there are. Kernels of equal penalty lie side
 * by side, so that a penalty is one operation too. Slots begin at multiples of 256 bytes, as libtorch's own arrays do:
 * some of its kernels rely on it. The gaps stay zero.
 */
final class WeightLayout {

    private static final int ALIGNMENT = 64;

    /** A range of trained weights with one L2 factor. */
    record Penalty(long offset, long length, double l2) {}

    private final List<WeightSlot> slots;
    private final List<Penalty> penalties;
    private final long trainedLength;
    private final long runningLength;

    private WeightLayout(List<WeightSlot> wanted) {
        List<WeightSlot> placed = new ArrayList<>();
        List<Penalty> ranges = new ArrayList<>();
        long trained = 0;
        long running = 0;
        for (WeightSlot slot : wanted) {
            long offset = slot.role().isTrained() ? trained : running;
            placed.add(new WeightSlot(slot.key(), slot.role(), slot.shape(), offset, slot.l2()));
            long end = aligned(offset + slot.size());
            if (slot.role().isTrained()) {
                trained = end;
                extend(ranges, offset, end, slot.l2());
            } else {
                running = end;
            }
        }
        this.slots = List.copyOf(placed);
        this.penalties = List.copyOf(ranges);
        this.trainedLength = trained;
        this.runningLength = running;
    }

    static WeightLayout of(NetworkBlueprint blueprint) {
        List<WeightSlot> wanted = new ArrayList<>();
        for (BlueprintLayer layer : blueprint.layers()) {
            addSlots(blueprint, layer, wanted);
        }
        wanted.sort(Comparator.comparing(WeightSlot::role).thenComparing(WeightSlot::l2));
        return new WeightLayout(wanted);
    }

    private static void addSlots(NetworkBlueprint blueprint, BlueprintLayer layer, List<WeightSlot> wanted) {
        if (layer instanceof BlueprintLayer.Convolution convolution) {
            int in = blueprint.layer(layer.inputs().get(0)).outputShape().get(0);
            List<Integer> kernel = List.of(convolution.filters(), in, convolution.kernel(), convolution.kernel());
            add(wanted, layer, WeightRole.KERNEL, kernel, convolution.l2());
            add(wanted, layer, WeightRole.BIAS, List.of(convolution.filters()), 0);
        } else if (layer instanceof BlueprintLayer.Dense dense) {
            addDense(blueprint, wanted, layer, dense.units(), dense.l2());
        } else if (layer instanceof BlueprintLayer.Head head) {
            addDense(blueprint, wanted, layer, head.units(), head.l2());
        } else if (layer instanceof BlueprintLayer.BatchNormalization) {
            List<Integer> channels = List.of(layer.outputShape().get(0));
            for (WeightRole role : List.of(WeightRole.GAMMA, WeightRole.BETA, WeightRole.MEAN, WeightRole.VARIANCE)) {
                add(wanted, layer, role, channels, 0);
            }
        }
    }

    private static void addDense(
            NetworkBlueprint blueprint, List<WeightSlot> wanted, BlueprintLayer layer, int units, double l2) {
        int in = blueprint.layer(layer.inputs().get(0)).outputShape().get(0);
        add(wanted, layer, WeightRole.KERNEL, List.of(in, units), l2);
        add(wanted, layer, WeightRole.BIAS, List.of(units), 0);
    }

    private static void add(
            List<WeightSlot> wanted, BlueprintLayer layer, WeightRole role, List<Integer> shape, double l2) {
        wanted.add(new WeightSlot(role.key(layer.name()), role, shape, 0, l2));
    }

    private static void extend(List<Penalty> ranges, long from, long to, double l2) {
        if (l2 == 0) {
            return;
        }
        Penalty last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && last.l2() == l2 && last.offset() + last.length() == from) {
            ranges.set(ranges.size() - 1, new Penalty(last.offset(), to - last.offset(), l2));
        } else {
            ranges.add(new Penalty(from, to - from, l2));
        }
    }

    private static long aligned(long end) {
        return (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The arrays in both buffers by name, each in the row-major order of its shape. */
    Map<String, Tensor> export(float[] trained, float[] running) {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        for (WeightSlot slot : slots) {
            float[] buffer = slot.role().isTrained() ? trained : running;
            float[] values = new float[Math.toIntExact(slot.size())];
            for (int i = 0; i < values.length; i++) {
                values[i] = buffer[(int) (slot.offset() + slot.placeInMemory(i))];
            }
            arrays.put(slot.key(), new Tensor(slot.shape(), values));
        }
        return arrays;
    }

    /**
     * Writes arrays into both buffers.
     *
     * @throws IllegalArgumentException if one is missing, unknown or of another shape
     */
    void fill(Map<String, Tensor> arrays, float[] trained, float[] running) {
        if (arrays.size() != slots.size()) {
            throw new IllegalArgumentException(
                    "the network has " + slots.size() + " arrays of weights, given are " + arrays.size());
        }
        for (WeightSlot slot : slots) {
            Tensor array = arrays.get(slot.key());
            if (array == null || !array.shape().equals(slot.shape())) {
                throw new IllegalArgumentException(slot.key() + " needs the shape " + slot.shape() + ", given is "
                        + (array == null ? "none" : array.shape()));
            }
            float[] buffer = slot.role().isTrained() ? trained : running;
            for (int i = 0; i < array.values().length; i++) {
                buffer[(int) (slot.offset() + slot.placeInMemory(i))] = array.values()[i];
            }
        }
    }

    /** All slots, kernels first. */
    List<WeightSlot> slots() {
        return slots;
    }

    /** Ranges of the trained buffer to which a penalty applies. */
    List<Penalty> penalties() {
        return penalties;
    }

    /** Values of the buffer of trained weights, gaps included. */
    long trainedLength() {
        return trainedLength;
    }

    /** Values of the buffer of running statistics, gaps included. */
    long runningLength() {
        return runningLength;
    }

    /** Weights without the gaps. */
    long parameters() {
        return slots.stream().mapToLong(WeightSlot::size).sum();
    }
}
