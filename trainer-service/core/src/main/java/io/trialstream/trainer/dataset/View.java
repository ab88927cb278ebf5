package io.trialstream.trainer.dataset;

/**
 * How an image is shown.
 *
 * @param flipped whether left and right change places
 * @param right columns by which what is shown lies further right in the image; what lies outside of it is mid-grey
 * @param down rows by which it lies further down
 */
public record View(boolean flipped, int right, int down) {

    /** As it is. */
    public static final View PLAIN = new View(false, 0, 0);
}
