package io.trialstream.trainer.training;

/** A network's feature map, asked how it answers to images. Used by one thread. */
public interface FilterProbe extends AutoCloseable {

    /**
     * Answers to several images, each asked of a channel of its own.
     *
     * @param values for each image the mean of its channel over the map
     * @param gradients of these values with respect to the images' values, image after image
     */
    record Answer(float[] values, float[] gradients) {}

    /**
     * Asks.
     *
     * @param images image after image, {@code [channels, height, width]} each
     * @param channels of the feature map, one for each image
     */
    Answer ask(float[] images, int[] channels);

    /** Frees its memory. */
    @Override
    void close();
}
