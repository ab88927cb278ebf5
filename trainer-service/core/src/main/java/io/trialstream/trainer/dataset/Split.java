package io.trialstream.trainer.dataset;

import java.util.Objects;

/**
 * Which images a trial trains on and which it is judged on.
 *
 * @param trainImages trained on
 * @param train their indices
 * @param selectionImages evaluated after every epoch: what the objective sees
 * @param selection their indices
 * @param selectsOnTest whether the selection is taken from the test set (protocol {@code seed})
 */
public record Split(
        ImageSet trainImages, int[] train, ImageSet selectionImages, int[] selection, boolean selectsOnTest) {

    /** Validates; the arrays are handed over and must not be changed any more. */
    public Split {
        Objects.requireNonNull(trainImages, "trainImages");
        Objects.requireNonNull(selectionImages, "selectionImages");
        if (train.length == 0 || selection.length == 0) {
            throw new IllegalArgumentException("a split needs images to train and to select on");
        }
    }

    /**
     * The honest protocol: a tenth of the training images, stratified by fine label, is held back for selection; the
     * test set is not touched. The division is a property of the data set, the same for every trial and study, and a
     * smaller subset is part of each larger one, so that results compare.
     *
     * @param trainImages how many to train on, 0 for all nine tenths
     * @param selectionImages how many to select on, 0 for the whole tenth
     * @throws IllegalArgumentException if more are asked for than the protocol has
     */
    public static Split honest(Dataset dataset, int trainImages, int selectionImages) {
        StratifiedOrder order = new StratifiedOrder(dataset.train(), dataset.fineClasses());
        int held = dataset.train().size() / 10;
        int[] selection = order.first(wanted("validation", selectionImages, held));
        int[] train = order.last(wanted("train", trainImages, dataset.train().size() - held));
        return new Split(dataset.train(), train, dataset.train(), selection, false);
    }

    /**
     * The seed's protocol, to compare with its published figures: trains on all training images and selects on the test
     * set. Subsets as in {@link #honest}.
     */
    public static Split seed(Dataset dataset, int trainImages, int selectionImages) {
        int[] train = new StratifiedOrder(dataset.train(), dataset.fineClasses())
                .last(wanted("train", trainImages, dataset.train().size()));
        int[] selection = new StratifiedOrder(dataset.test(), dataset.fineClasses())
                .first(wanted("validation", selectionImages, dataset.test().size()));
        return new Split(dataset.train(), train, dataset.test(), selection, true);
    }

    private static int wanted(String subset, int asked, int available) {
        if (asked < 0 || asked > available) {
            throw new IllegalArgumentException(
                    "training.subset." + subset + " must be within 0 and " + available + " but is " + asked);
        }
        return asked == 0 ? available : asked;
    }
}
