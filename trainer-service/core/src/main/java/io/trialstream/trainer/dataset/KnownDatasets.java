package io.trialstream.trainer.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data sets that every trainer can be asked for, whatever its engine. */
public final class KnownDatasets {
    private static final Logger LOG = LoggerFactory.getLogger(KnownDatasets.class);
    private static final long PROGRESS_BYTES = 16L << 20;

    private KnownDatasets() {}

    /**
     * CIFAR-100, CIFAR-10, the generated shapes and the given folders of images.
     *
     * @param directory where data sets are looked for and kept
     * @param location what the user named as the data's place, see {@link ReleaseStore}
     * @param imageFolders by name, without the prefix
     */
    public static DatasetCatalog catalog(Path directory, Optional<Path> location, Map<String, Path> imageFolders) {
        List<DatasetSource> sources = new ArrayList<>();
        sources.add(new Cifar100Archive(directory, location, logging("CIFAR-100")));
        sources.add(new Cifar10Archive(directory, location, logging("CIFAR-10")));
        sources.add(new ShapesDataset(directory));
        imageFolders.forEach((name, root) -> sources.add(new ImageFolder(name, root, directory)));
        return new DatasetCatalog(sources);
    }

    private static DownloadProgress logging(String what) {
        return (bytes, total) -> {
            if (bytes % PROGRESS_BYTES < 1 << 20) {
                LOG.info(
                        "downloading {} mebibytes={} of={}",
                        what,
                        bytes >> 20,
                        total.isPresent() ? total.getAsLong() >> 20 : "unknown");
            }
        };
    }
}
