package io.trialstream.trainer.conformance;

import io.trialstream.trainer.dataset.Availability;
import io.trialstream.trainer.dataset.Dataset;
import io.trialstream.trainer.dataset.DatasetSource;
import io.trialstream.trainer.dataset.ImageSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/**
 * Noise of 12x12 pixels in ten fine and two coarse classes.
 *
 * @param trainImages how many to train on
 * @param testImages how many to test on
 */
public record RandomImages(int trainImages, int testImages) implements DatasetSource {

    /** The name of the data set. */
    public static final String NAME = "random";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("made up");
    }

    @Override
    public Dataset open() {
        return new Dataset(NAME, List.of(3, 12, 12), 10, 2, images(trainImages, 1), images(testImages, 2));
    }

    private static ImageSet images(int count, long seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[3 * 12 * 12];
        ByteBuffer records = ByteBuffer.allocate(count * (2 + pixels.length));
        for (int i = 0; i < count; i++) {
            random.nextBytes(pixels);
            records.put((byte) (i % 10 / 5)).put((byte) (i % 10)).put(pixels);
        }
        return new ImageSet(records.flip(), 3, 12, 12);
    }
}
