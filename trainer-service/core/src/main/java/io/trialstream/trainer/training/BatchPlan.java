package io.trialstream.trainer.training;

import io.trialstream.trainer.dataset.ImageSet;
import io.trialstream.trainer.dataset.View;
import java.util.Arrays;
import java.util.Random;

/**
 * In which batches an epoch shows its images. The last batch is smaller when the batch size does not divide their
 * number: every image is used once an epoch, as Keras does, and means weigh images, not batches.
 */
public final class BatchPlan {

    private final ImageSet images;
    private final int[] order;
    private final View[] views;
    private final int batchSize;

    private BatchPlan(ImageSet images, int[] order, View[] views, int batchSize) {
        this.images = images;
        this.order = order;
        this.views = views;
        this.batchSize = batchSize;
    }

    /**
     * Shuffled, each image flipped left-right or not by a fair coin, and moved by up to {@code cropPadding} pixels each
     * way; equal seeds and epochs give equal plans.
     *
     * @param cropPadding 0 for no move
     */
    public static BatchPlan training(
            ImageSet images, int[] indices, int batchSize, int cropPadding, long trialSeed, int epoch) {
        int[] order = indices.clone();
        shuffle(order, new Random(Seeds.ORDER.of(trialSeed, epoch)));
        View[] views = new View[order.length];
        Random coin = new Random(Seeds.FLIPS.of(trialSeed, epoch));
        Random crop = new Random(Seeds.CROPS.of(trialSeed, epoch));
        for (int i = 0; i < views.length; i++) {
            views[i] = new View(coin.nextBoolean(), moved(cropPadding, crop), moved(cropPadding, crop));
        }
        return new BatchPlan(images, order, views, batchSize);
    }

    /** In the order of the indices, as the images are. */
    public static BatchPlan evaluation(ImageSet images, int[] indices, int batchSize) {
        View[] views = new View[indices.length];
        Arrays.fill(views, View.PLAIN);
        return new BatchPlan(images, indices, views, batchSize);
    }

    private static int moved(int padding, Random random) {
        return padding == 0 ? 0 : random.nextInt(2 * padding + 1) - padding;
    }

    /** From which the batches are. */
    public ImageSet images() {
        return images;
    }

    /** How many images are shown. */
    public int shown() {
        return order.length;
    }

    /** Index of the image that is shown at this place, from 0. */
    public int index(int place) {
        return order[place];
    }

    /** How the image at this place is shown. */
    public View view(int place) {
        return views[place];
    }

    /** Images of every batch but the last, which may be smaller. */
    public int batchSize() {
        return batchSize;
    }

    /** How many batches there are. */
    public int batches() {
        return (order.length + batchSize - 1) / batchSize;
    }

    /** Batch {@code number} from 0, newly assembled; safe to call from any thread. */
    public ImageBatch batch(int number) {
        int from = number * batchSize;
        int[] chosen = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
        float[] pixels = new float[chosen.length * images.pixels()];
        int[] fine = new int[chosen.length];
        int[] coarse = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            images.read(chosen[i], views[from + i], pixels, i * images.pixels());
            fine[i] = images.fineLabel(chosen[i]);
            coarse[i] = images.coarseLabel(chosen[i]);
        }
        return new ImageBatch(pixels, fine, coarse);
    }

    private static void shuffle(int[] values, Random random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
