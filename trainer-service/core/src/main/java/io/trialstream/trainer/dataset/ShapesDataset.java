package io.trialstream.trainer.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/**
 * The generated data set {@code shapes}, of CIFAR-100's form: 50,000 training and 10,000 test images, 32x32 RGB, 100
 * fine and 20 coarse classes. It needs no download; its first use writes it into the data directory, which takes some
 * seconds.
 */
public final class ShapesDataset implements DatasetSource {

    /** As studies name it. */
    public static final String NAME = "shapes";

    private static final long TRAIN_SEED = 1;
    private static final long TEST_SEED = 2;
    private static final String FOLDER = "shapes-1";
    private static final int CHUNK = 500;

    private final Path dataDirectory;
    private final int trainImages;
    private final int testImages;

    /** In full size. */
    public ShapesDataset(Path dataDirectory) {
        this(dataDirectory, 50_000, 10_000);
    }

    ShapesDataset(Path dataDirectory, int trainImages, int testImages) {
        this.dataDirectory = Objects.requireNonNull(dataDirectory, "dataDirectory");
        this.trainImages = trainImages;
        this.testImages = testImages;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("generated");
    }

    @Override
    public Dataset open() {
        Path folder = dataDirectory.resolve(FOLDER);
        return DirectoryLock.holding(
                dataDirectory,
                FOLDER,
                () -> new Dataset(
                        NAME,
                        List.of(3, 32, 32),
                        ShapesGenerator.FINE_CLASSES,
                        ShapesGenerator.COARSE_CLASSES,
                        images(folder.resolve("train.bin"), TRAIN_SEED, trainImages),
                        images(folder.resolve("test.bin"), TEST_SEED, testImages)));
    }

    private static ImageSet images(Path file, long seed, int count) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) != (long) count * ShapesGenerator.RECORD_BYTES) {
                generate(file, seed, count);
            }
        } catch (IOException e) {
            throw new DatasetUnavailableException("cannot write " + file + ": " + e.getMessage(), e);
        }
        return MappedImages.open(file, 3, ShapesGenerator.SIDE, ShapesGenerator.SIDE);
    }

    private static void generate(Path file, long seed, int count) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
        ShapesGenerator generator = new ShapesGenerator(seed);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * ShapesGenerator.RECORD_BYTES);
        try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            for (int from = 0; from < count; from += CHUNK) {
                chunk.clear();
                for (int index = from; index < Math.min(from + CHUNK, count); index++) {
                    generator.write(index, chunk);
                }
                chunk.flip();
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
