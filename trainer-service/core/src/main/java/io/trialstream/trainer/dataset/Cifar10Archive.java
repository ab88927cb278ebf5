package io.trialstream.trainer.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * CIFAR-10 from its official binary archive: 50,000 training and 10,000 test images, 32x32 RGB, 10 fine classes, and as
 * coarse ones animals (0) and vehicles (1). Its records have one label; both are written beside the images once, into
 * the data directory.
 */
public final class Cifar10Archive implements DatasetSource {
    private static final String FOLDER = "cifar-10-records-1";
    private static final int PIXELS = 3 * 32 * 32;
    private static final int FINE_CLASSES = 10;
    /** Aeroplane, automobile, ship, truck. */
    private static final Set<Integer> VEHICLES = Set.of(0, 1, 8, 9);

    private final BinaryRelease release;
    private final ReleaseStore store;
    private final Path dataDirectory;
    private final DownloadProgress progress;

    /** @param location what the user named as the data's place, see {@link ReleaseStore} */
    public Cifar10Archive(Path dataDirectory, Optional<Path> location, DownloadProgress progress) {
        this(BinaryRelease.CIFAR_10, dataDirectory, location, progress);
    }

    Cifar10Archive(BinaryRelease release, Path dataDirectory, Optional<Path> location, DownloadProgress progress) {
        this.release = release;
        this.store = new ReleaseStore(release, dataDirectory, location);
        this.dataDirectory = dataDirectory;
        this.progress = Objects.requireNonNull(progress, "progress");
    }

    @Override
    public String name() {
        return release.name();
    }

    @Override
    public Availability availability() {
        return Files.isDirectory(dataDirectory.resolve(FOLDER))
                ? new Availability.Available(name() + " in " + dataDirectory)
                : store.availability();
    }

    @Override
    public boolean isObtainable() {
        return availability() instanceof Availability.Available || store.isObtainable();
    }

    @Override
    public Dataset open() {
        Path records = Files.isDirectory(dataDirectory.resolve(FOLDER))
                ? dataDirectory.resolve(FOLDER)
                : labelled(store.locateOrDownload(progress));
        return new Dataset(
                name(),
                List.of(3, 32, 32),
                FINE_CLASSES,
                2,
                MappedImages.open(records.resolve(RecordFiles.TRAIN), 3, 32, 32),
                MappedImages.open(records.resolve(RecordFiles.TEST), 3, 32, 32));
    }

    private Path labelled(Path original) {
        return RecordFiles.folder(
                dataDirectory,
                FOLDER,
                out -> {
                    for (int batch = 1; batch <= 5; batch++) {
                        label(original.resolve("data_batch_" + batch + ".bin"), out);
                    }
                },
                out -> label(original.resolve("test_batch.bin"), out));
    }

    private static void label(Path file, OutputStream out) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int fine = in.read(); fine >= 0; fine = in.read()) {
                byte[] pixels = in.readNBytes(PIXELS);
                if (fine >= FINE_CLASSES || pixels.length < PIXELS) {
                    throw new IOException(file + " does not hold whole records of CIFAR-10");
                }
                out.write(VEHICLES.contains(fine) ? 1 : 0);
                out.write(fine);
                out.write(pixels);
            }
        }
    }
}
