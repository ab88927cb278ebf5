package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.dataset.ImageSet;
import io.trialstream.trainer.training.BatchPlan;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The batches of a plan, assembled on the device from {@link ResidentImages}: its order and its views are tensors there.
 * A pixel's value is looked up in a table, which is the same on every device; arithmetic might not be.
 */
final class DeviceBatches implements AutoCloseable {

    private static final int VALUES = 256;

    private final Retained retained = new Retained();
    private final ResidentImages images;
    private final BatchPlan plan;
    private final int channels;
    private final int height;
    private final int width;
    private final boolean changesViews;
    private final boolean moves;
    private final Tensor table;
    private final Tensor order;
    /** Row by place: whether flipped (1), columns to the right, rows down. */
    private final Tensor views;

    private final Tensor columns;
    private final Tensor rows;

    DeviceBatches(BatchPlan plan, ResidentImages images, TorchDevice device) {
        this.images = images;
        this.plan = plan;
        this.height = plan.images().height();
        this.width = plan.images().width();
        this.channels = plan.images().pixels() / (height * width);
        long[] indices = new long[plan.shown()];
        long[] shown = new long[3 * plan.shown()];
        boolean flipsAny = false;
        boolean movesAny = false;
        for (int i = 0; i < indices.length; i++) {
            indices[i] = plan.index(i);
            shown[i] = plan.view(i).flipped() ? 1 : 0;
            shown[indices.length + i] = plan.view(i).right();
            shown[2 * indices.length + i] = plan.view(i).down();
            flipsAny |= plan.view(i).flipped();
            movesAny |= plan.view(i).right() != 0 || plan.view(i).down() != 0;
        }
        this.moves = movesAny;
        this.changesViews = flipsAny || movesAny;
        try (PointerScope scope = new PointerScope()) {
            this.table = retained.keep(device.place(Tensor.create(values()), ScalarType.Float));
            this.order = retained.keep(device.place(Tensor.create(indices), ScalarType.Long));
            this.views = retained.keep(device.place(Tensor.create(shown, 3, indices.length), ScalarType.Long));
            TensorOptions options = order.options();
            this.columns =
                    retained.keep(torch.arange(new Scalar(width), options).unsqueeze(0));
            this.rows = retained.keep(torch.arange(new Scalar(height), options).unsqueeze(0));
        }
    }

    private static float[] values() {
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = ImageSet.scaled(i);
        }
        return values;
    }

    /** Batch {@code number} from 0, of floats, the images in the order of their planes. Within a scope. */
    TensorBatch batch(int number) {
        long from = (long) number * plan.batchSize();
        long count = Math.min(plan.batchSize(), plan.shown() - from);
        Tensor chosen = order.narrow(0, from, count);
        Tensor bytes = images.pixels().index_select(0, chosen);
        Tensor pixels = changesViews ? viewed(bytes, views.narrow(1, from, count)) : values(bytes);
        return new TensorBatch(
                pixels.view(count, channels, height, width),
                images.fine().index_select(0, chosen),
                images.coarse().index_select(0, chosen));
    }

    private Tensor values(Tensor bytes) {
        return table.take(bytes.to(ScalarType.Long));
    }

    /** As {@link ImageSet#read} shows an image: moved, what lies outside mid-grey, then flipped. */
    private Tensor viewed(Tensor bytes, Tensor shown) {
        long count = bytes.size(0);
        Tensor flipped = shown.select(0, 0).unsqueeze(1);
        // A column c of a flipped image is width - 1 - c: c + flipped (width - 1 - 2c).
        Tensor mirror = columns.mul(new Scalar(-2)).add(new Scalar(width - 1));
        Tensor x = columns.add(flipped.mul(mirror)).add(shown.select(0, 1).unsqueeze(1));
        Tensor y = rows.add(shown.select(0, 2).unsqueeze(1));
        Tensor place = inside(y, height)
                .mul(new Scalar(width))
                .unsqueeze(2)
                .add(inside(x, width).unsqueeze(1))
                .view(count, 1, (long) height * width)
                .expand(count, channels, (long) height * width);
        Tensor pixels =
                values(bytes.view(count, channels, (long) height * width).gather(2, place));
        if (moves) {
            Tensor outside = outside(y, height)
                    .unsqueeze(2)
                    .logical_or(outside(x, width).unsqueeze(1))
                    .view(count, 1, (long) height * width);
            pixels.masked_fill_(outside, new Scalar(0.0));
        }
        return pixels;
    }

    private static Tensor inside(Tensor places, int side) {
        return places.clamp_min(new Scalar(0)).clamp_max(new Scalar(side - 1));
    }

    private static Tensor outside(Tensor places, int side) {
        return places.lt(new Scalar(0)).logical_or(places.ge(new Scalar(side)));
    }

    @Override
    public void close() {
        retained.close();
    }
}
