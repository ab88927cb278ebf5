package io.trialstream.trainer.dataset;

import java.util.List;
import java.util.Objects;

/**
 * A named set of labelled images, opened and verified. Each image has a fine label and the coarse label it belongs to.
 *
 * @param name as studies name it
 * @param imageShape {@code [channels, height, width]}
 * @param fineClasses how many fine labels there are, numbered from 0
 * @param coarseClasses how many coarse labels there are, numbered from 0
 * @param train the images to train on
 * @param test the images that only a trial's closing figures are taken from
 */
public record Dataset(
        String name, List<Integer> imageShape, int fineClasses, int coarseClasses, ImageSet train, ImageSet test) {

    /** Validates and copies. */
    public Dataset {
        Objects.requireNonNull(name, "name");
        imageShape = List.copyOf(imageShape);
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(test, "test");
    }

    /** The same images with this side; itself if they have it. */
    public Dataset scaledTo(int side) {
        if (imageShape.get(1) == side && imageShape.get(2) == side) {
            return this;
        }
        return new Dataset(
                name,
                List.of(imageShape.get(0), side, side),
                fineClasses,
                coarseClasses,
                train.scaledTo(side),
                test.scaledTo(side));
    }
}
