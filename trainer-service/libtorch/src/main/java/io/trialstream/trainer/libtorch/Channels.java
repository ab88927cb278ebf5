package io.trialstream.trainer.libtorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Where the channels (or units) of a layer's output lie in the dimension of channels: in runs, each followed by zeros up
 * to a width that the device likes. Without zeros the channels lie as the blueprint says. Immutable.
 */
final class Channels {

    /** Channels that lie side by side, then zeros up to {@code width}. */
    record Run(int count, int width) {

        /** Validates. */
        Run {
            if (count < 1 || width < count) {
                throw new IllegalArgumentException("a run of " + count + " channels cannot be " + width + " wide");
            }
        }
    }

    private final List<Run> runs;
    private final int width;
    private final int[] places;

    private Channels(List<Run> runs) {
        this.runs = List.copyOf(runs);
        this.width = runs.stream().mapToInt(Run::width).reduce(0, Math::addExact);
        this.places = new int[runs.stream().mapToInt(Run::count).sum()];
        int channel = 0;
        int from = 0;
        for (Run run : runs) {
            for (int i = 0; i < run.count(); i++) {
                places[channel++] = from + i;
            }
            from += run.width();
        }
    }

    /** As many places as channels. */
    static Channels exact(int count) {
        return new Channels(List.of(new Run(count, count)));
    }

    /** Zeros up to the next multiple. */
    static Channels padded(int count, int multiple) {
        return new Channels(List.of(new Run(count, Math.multiplyExact((count + multiple - 1) / multiple, multiple))));
    }

    /** One after the other. */
    static Channels concatenated(List<Channels> parts) {
        return new Channels(parts.stream().flatMap(part -> part.runs.stream()).toList());
    }

    /** Of the flattened maps: each channel becomes so many neighbours. */
    Channels flattened(int area) {
        return new Channels(runs.stream()
                .map(run -> new Run(Math.multiplyExact(run.count(), area), Math.multiplyExact(run.width(), area)))
                .toList());
    }

    /** How many channels there are. */
    int count() {
        return places.length;
    }

    /** How many places there are, zeros included. */
    int width() {
        return width;
    }

    /** Whether there are zeros. */
    boolean isPadded() {
        return width != places.length;
    }

    /** Place of a channel. */
    int place(int channel) {
        return places[channel];
    }

    /** The batch {@code [images, count(), ...]} with zeros between: itself where there are none. */
    Tensor padded(Tensor exact) {
        return isPadded() ? joined(exact, true) : exact;
    }

    /** The batch {@code [images, width(), ...]} without what is between: itself where nothing is. */
    Tensor exact(Tensor padded) {
        return isPadded() ? joined(padded, false) : padded;
    }

    private Tensor joined(Tensor batch, boolean pads) {
        List<Tensor> parts = new ArrayList<>();
        long from = 0;
        for (Run run : runs) {
            Tensor part = batch.narrow(1, from, run.count());
            parts.add(pads ? torch.constant_pad_nd(part, behindChannels(batch, run), new Scalar(0.0)) : part);
            from += pads ? run.count() : run.width();
        }
        return parts.size() == 1 ? parts.get(0) : torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 1);
    }

    /** libtorch counts paddings in pairs from the last dimension. */
    private static long[] behindChannels(Tensor batch, Run run) {
        long[] pairs = new long[2 * (Math.toIntExact(batch.dim()) - 1)];
        pairs[pairs.length - 1] = run.width() - run.count();
        return pairs;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Channels channels && runs.equals(channels.runs);
    }

    @Override
    public int hashCode() {
        return runs.hashCode();
    }

    @Override
    public String toString() {
        return runs.toString();
    }
}
