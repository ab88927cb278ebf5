package io.trialstream.trainer.training;

/**
 * Sums over images of one head's output; means are taken over the images, so that a smaller last batch weighs less.
 *
 * @param images how many
 * @param lossSum sum of cross-entropies, in nats
 * @param correct images whose label has the greatest probability
 * @param correctInTop5 images whose label is among the five greatest probabilities
 */
public record HeadScore(int images, double lossSum, int correct, int correctInTop5) {

    /** Over no image. */
    public static final HeadScore NONE = new HeadScore(0, 0, 0, 0);

    /** Probabilities below this count as this, as in Keras: a float that underflowed has no logarithm. */
    public static final double LEAST_PROBABILITY = 1e-7;

    /** An image counts as nearly correct when its label is among so many. */
    public static final int TOP = 5;

    /**
     * Scores softmax outputs. An image is correct when fewer than one (five) classes have a probability above its
     * label's; among equals the lower class number goes first. An output that is not a number makes the loss not a
     * number.
     *
     * @param probabilities image after image, {@code classes} values each
     */
    public static HeadScore of(float[] probabilities, int[] labels, int classes) {
        double loss = 0;
        int correct = 0;
        int top = 0;
        for (int image = 0; image < labels.length; image++) {
            int start = image * classes;
            float own = probabilities[start + labels[image]];
            loss += Float.isNaN(own) ? Double.NaN : -Math.log(Math.max(own, LEAST_PROBABILITY));
            int rank = rank(probabilities, start, classes, labels[image]);
            correct += rank == 0 ? 1 : 0;
            top += rank < TOP ? 1 : 0;
        }
        return new HeadScore(labels.length, loss, correct, top);
    }

    /** Over both scores' images. */
    public HeadScore plus(HeadScore other) {
        return new HeadScore(
                images + other.images,
                lossSum + other.lossSum,
                correct + other.correct,
                correctInTop5 + other.correctInTop5);
    }

    /** Mean cross-entropy, in nats. */
    public double loss() {
        return lossSum / images;
    }

    /** Share of images whose label has the greatest probability. */
    public double accuracy() {
        return (double) correct / images;
    }

    /** Share of images whose label is among the five greatest probabilities. */
    public double top5Accuracy() {
        return (double) correctInTop5 / images;
    }

    private static int rank(float[] probabilities, int start, int classes, int label) {
        float own = probabilities[start + label];
        int before = 0;
        for (int other = 0; other < classes; other++) {
            float value = probabilities[start + other];
            if (value > own || value == own && other < label) {
                before++;
            }
        }
        return before;
    }
}
