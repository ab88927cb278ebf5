package io.trialstream.trainer.training;

/**
 * Images with their labels. The arrays are handed over: not copied, not to be changed while an engine uses the batch.
 *
 * @param pixels image after image, {@code [channels, height, width]} each, within [-0.5, 0.5]
 * @param fine a label for each image
 * @param coarse a label for each image
 */
public record ImageBatch(float[] pixels, int[] fine, int[] coarse) {

    /** Validates the lengths. */
    public ImageBatch {
        if (fine.length == 0 || coarse.length != fine.length || pixels.length % fine.length != 0) {
            throw new IllegalArgumentException("a batch of " + fine.length + " fine and " + coarse.length
                    + " coarse labels cannot have " + pixels.length + " values");
        }
    }

    /** How many images. */
    public int size() {
        return fine.length;
    }
}
