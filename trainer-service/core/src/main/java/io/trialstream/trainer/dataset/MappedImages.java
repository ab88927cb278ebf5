package io.trialstream.trainer.dataset;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens a file of records as a mapping: trainers of one machine share its memory. */
final class MappedImages {

    private MappedImages() {}

    static ImageSet open(Path file, int channels, int height, int width) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedByteBuffer records = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new ImageSet(records, channels, height, width);
        } catch (IOException | IllegalArgumentException e) {
            throw new DatasetUnavailableException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
