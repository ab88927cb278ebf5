package io.trialstream.trainer.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A fixed pseudo-random order of a set's images in which every stretch, however long, holds the fine classes in equal
 * numbers as nearly as can be: rounds that take one image of each class in turn. Stretches from the front and from the
 * back that do not overlap are therefore disjoint and both stratified.
 */
final class StratifiedOrder {

    /** The division of images is a constant of the protocol, not of a study. */
    private static final long SEED = 20_190_515L;

    private final int[] order;

    StratifiedOrder(ImageSet images, int fineClasses) {
        Random random = new Random(SEED);
        List<List<Integer>> classes = byClass(images, fineClasses);
        classes.forEach(members -> Collections.shuffle(members, random));
        this.order = inRounds(classes, random, images.size());
    }

    int[] first(int count) {
        return Arrays.copyOfRange(order, 0, count);
    }

    int[] last(int count) {
        return Arrays.copyOfRange(order, order.length - count, order.length);
    }

    private static List<List<Integer>> byClass(ImageSet images, int fineClasses) {
        List<List<Integer>> classes = new ArrayList<>();
        for (int label = 0; label < fineClasses; label++) {
            classes.add(new ArrayList<>());
        }
        for (int index = 0; index < images.size(); index++) {
            classes.get(images.fineLabel(index)).add(index);
        }
        return classes;
    }

    private static int[] inRounds(List<List<Integer>> classes, Random random, int size) {
        int[] order = new int[size];
        int filled = 0;
        List<List<Integer>> turns = new ArrayList<>(classes);
        for (int round = 0; filled < size; round++) {
            Collections.shuffle(turns, random);
            for (List<Integer> members : turns) {
                if (round < members.size()) {
                    order[filled++] = members.get(round);
                }
            }
        }
        return order;
    }
}
