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
 * some of its kernels rely on it. The gaps stay zero, and so does what pads the widths.
 */
final class WeightLayout {

    private static final int ALIGNMENT = 64;

    /** A range of trained weights with one L2 factor. */
    record Penalty(long offset, long length, double l2) {}

    private final Widths widths;
    private final List<WeightSlot> slots;
    private final List<Penalty> penalties;
    private final long trainedLength;
    private final long runningLength;

    private WeightLayout(Widths widths, List<WeightSlot> wanted) {
        List<WeightSlot> placed = new ArrayList<>();
        List<Penalty> ranges = new ArrayList<>();
        long trained = 0;
        long running = 0;
        for (WeightSlot slot : wanted) {
            long offset = slot.role().isTrained() ? trained : running;
            placed.add(slot.at(offset));
            long end = aligned(offset + slot.length());
            if (slot.role().isTrained()) {
                trained = end;
                extend(ranges, offset, end, slot.l2());
            } else {
                running = end;
            }
        }
        this.widths = widths;
        this.slots = List.copyOf(placed);
        this.penalties = List.copyOf(ranges);
        this.trainedLength = trained;
        this.runningLength = running;
    }

    static WeightLayout of(NetworkBlueprint blueprint, Widths widths) {
        List<WeightSlot> wanted = new ArrayList<>();
        for (BlueprintLayer layer : blueprint.layers()) {
            addSlots(widths, layer, wanted);
        }
        wanted.sort(Comparator.comparing(WeightSlot::role).thenComparing(WeightSlot::l2));
        return new WeightLayout(widths, wanted);
    }

    private static void addSlots(Widths widths, BlueprintLayer layer, List<WeightSlot> wanted) {
        Channels out = widths.of(layer.name());
        if (layer instanceof BlueprintLayer.Convolution convolution) {
            Channels in = widths.of(layer.inputs().get(0));
            List<Integer> kernel = List.of(out.count(), in.count(), convolution.kernel(), convolution.kernel());
            wanted.add(slot(layer, WeightRole.KERNEL, kernel, out, in, convolution.l2()));
            wanted.add(vector(layer, WeightRole.BIAS, out));
        } else if (layer instanceof BlueprintLayer.Dense dense) {
            addDense(widths, wanted, layer, dense.l2());
        } else if (layer instanceof BlueprintLayer.Head head) {
            addDense(widths, wanted, layer, head.l2());
        } else if (layer instanceof BlueprintLayer.BatchNormalization) {
            for (WeightRole role : List.of(WeightRole.GAMMA, WeightRole.BETA, WeightRole.MEAN, WeightRole.VARIANCE)) {
                wanted.add(vector(layer, role, out));
            }
        }
    }

    private static void addDense(Widths widths, List<WeightSlot> wanted, BlueprintLayer layer, double l2) {
        Channels out = widths.of(layer.name());
        Channels in = widths.of(layer.inputs().get(0));
        wanted.add(slot(layer, WeightRole.KERNEL, List.of(in.count(), out.count()), out, in, l2));
        wanted.add(vector(layer, WeightRole.BIAS, out));
    }

    private static WeightSlot vector(BlueprintLayer layer, WeightRole role, Channels out) {
        return slot(layer, role, List.of(out.count()), out, Channels.exact(1), 0);
    }

    private static WeightSlot slot(
            BlueprintLayer layer, WeightRole role, List<Integer> shape, Channels out, Channels in, double l2) {
        return new WeightSlot(role.key(layer.name()), role, shape, out, in, 0, l2);
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

    /**
     * The same weights in a vector of another layout of this network.
     *
     * @param vector of this layout, one value for each trained weight or for each running statistic
     */
    float[] rearranged(float[] vector, boolean trained, WeightLayout target) {
        if (widths == target.widths) {
            return vector;
        }
        float[] moved = new float[Math.toIntExact(target.length(trained))];
        for (int number = 0; number < slots.size(); number++) {
            WeightSlot from = slots.get(number);
            WeightSlot to = target.slots.get(number);
            if (from.role().isTrained() == trained) {
                for (int i = 0; i < from.size(); i++) {
                    moved[(int) (to.offset() + to.placeInMemory(i))] =
                            vector[(int) (from.offset() + from.placeInMemory(i))];
                }
            }
        }
        return moved;
    }

    /** Where the layers' channels lie. */
    Widths widths() {
        return widths;
    }

    /** Values of the buffer of trained weights, or of the one of running statistics, gaps included. */
    long length(boolean trained) {
        return trained ? trainedLength : runningLength;
    }

    /** All slots, kernels first. */
    List<WeightSlot> slots() {
        return slots;
    }

    /** Ranges of the trained buffer to which a penalty applies. */
    List<Penalty> penalties() {
        return penalties;
    }

    /** Weights without the gaps. */
    long parameters() {
        return slots.stream().mapToLong(WeightSlot::size).sum();
    }
}
