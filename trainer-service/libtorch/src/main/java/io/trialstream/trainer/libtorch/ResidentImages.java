package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.dataset.ImageSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A set of images on the device: its pixels as the bytes they are, and its labels. Immutable. */
final class ResidentImages implements AutoCloseable {

    private static final int TOGETHER = 1024;

    private final Retained retained = new Retained();
    private final int pixelsEach;
    private final Tensor pixels;
    private final Tensor fine;
    private final Tensor coarse;

    /** Copies the set to the device. */
    ResidentImages(ImageSet images, TorchDevice device) {
        this.pixelsEach = images.pixels();
        try (PointerScope scope = new PointerScope()) {
            this.pixels = retained.keep(device.zeros((long) images.size() * pixelsEach, ScalarType.Byte)
                    .view(images.size(), pixelsEach));
            long[] fineLabels = new long[images.size()];
            long[] coarseLabels = new long[images.size()];
            for (int i = 0; i < images.size(); i++) {
                fineLabels[i] = images.fineLabel(i);
                coarseLabels[i] = images.coarseLabel(i);
            }
            this.fine = retained.keep(device.place(Tensor.create(fineLabels), ScalarType.Long));
            this.coarse = retained.keep(device.place(Tensor.create(coarseLabels), ScalarType.Long));
        }
        for (int from = 0; from < images.size(); from += TOGETHER) {
            copy(images, from, Math.min(TOGETHER, images.size() - from));
        }
    }

    private void copy(ImageSet images, int from, int count) {
        byte[] bytes = new byte[count * pixelsEach];
        for (int i = 0; i < count; i++) {
            images.readBytes(from + i, bytes, i * pixelsEach);
        }
        try (PointerScope scope = new PointerScope()) {
            pixels.narrow(0, from, count).copy_(Tensor.create(bytes, false, count, pixelsEach));
        }
    }

    /** Bytes {@code [images, values of one]}. */
    Tensor pixels() {
        return pixels;
    }

    /** A label for each image. */
    Tensor fine() {
        return fine;
    }

    /** A label for each image. */
    Tensor coarse() {
        return coarse;
    }

    @Override
    public void close() {
        retained.close();
    }
}
