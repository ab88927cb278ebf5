package io.trialstream.trainer.training;

import io.trialstream.trainer.dataset.ImageSet;
import java.util.Arrays;
import java.util.Random;

/**
 * In which batches an epoch shows its images. The last batch is smaller when the batch size does not divide their
 * number: every image is used once an epoch, as Keras does, and means weigh images, not batches.
 */
final class BatchPlan {

    private final ImageSet images;
    private final int[] order;
    private final boolean[] flipped;
    private final int batchSize;

    private BatchPlan(ImageSet images, int[] order, boolean[] flipped, int batchSize) {
        this.images = images;
        this.order = order;
        this.flipped = flipped;
        this.batchSize = batchSize;
    }

    /** Shuffled, each image flipped left-right or not by a fair coin; equal seeds and epochs give equal plans. */
    static BatchPlan training(ImageSet images, int[] indices, int batchSize, long trialSeed, int epoch) {
        int[] order = indices.clone();
        shuffle(order, new Random(Seeds.ORDER.of(trialSeed, epoch)));
        boolean[] flipped = new boolean[order.length];
        Random coin = new Random(Seeds.FLIPS.of(trialSeed, epoch));
        for (int i = 0; i < flipped.length; i++) {
            flipped[i] = coin.nextBoolean();
        }
        return new BatchPlan(images, order, flipped, batchSize);
    }

    /** In the order of the indices, nothing flipped. */
    static BatchPlan evaluation(ImageSet images, int[] indices, int batchSize) {
        return new BatchPlan(images, indices, new boolean[indices.length], batchSize);
    }

    /** How many batches there are. */
    int batches() {
        return (order.length + batchSize - 1) / batchSize;
    }

    /** Batch {@code number} from 0, newly assembled; safe to call from any thread. */
    ImageBatch batch(int number) {
        int from = number * batchSize;
        int[] chosen = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
        float[] pixels = new float[chosen.length * images.pixels()];
        int[] fine = new int[chosen.length];
        int[] coarse = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            images.read(chosen[i], flipped[from + i], pixels, i * images.pixels());
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
