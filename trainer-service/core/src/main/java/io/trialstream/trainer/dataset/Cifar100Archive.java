package io.trialstream.trainer.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * CIFAR-100 from its official binary archive: 50,000 training and 10,000 test images, 32x32 RGB, 100 fine and 20
 * coarse classes.
 */
public final class Cifar100Archive implements DatasetSource {

    private final ReleaseStore store;
    private final DownloadProgress progress;

    /** @param location what the user named as the data's place, see {@link ReleaseStore} */
    public Cifar100Archive(Path dataDirectory, Optional<Path> location, DownloadProgress progress) {
        this.store = new ReleaseStore(BinaryRelease.CIFAR_100, dataDirectory, location);
        this.progress = Objects.requireNonNull(progress, "progress");
    }

    /**
     * The folder with the verified {@code train.bin} and {@code test.bin}: for a process that prepares the data before
     * any trainer starts.
     *
     * @param location what the user named, usually by the environment variable {@code TRIALSTREAM_DATA}
     * @throws DatasetUnavailableException with the reason, for people
     */
    public static Path locateOrDownload(Path dataDirectory, Optional<Path> location, DownloadProgress progress) {
        return new ReleaseStore(BinaryRelease.CIFAR_100, dataDirectory, location).locateOrDownload(progress);
    }

    @Override
    public String name() {
        return BinaryRelease.CIFAR_100.name();
    }

    @Override
    public Availability availability() {
        return store.availability();
    }

    @Override
    public boolean isObtainable() {
        return store.isObtainable();
    }

    @Override
    public Dataset open() {
        Path folder = store.locateOrDownload(progress);
        return new Dataset(
                name(),
                List.of(3, 32, 32),
                100,
                20,
                MappedImages.open(folder.resolve("train.bin"), 3, 32, 32),
                MappedImages.open(folder.resolve("test.bin"), 3, 32, 32));
    }
}
