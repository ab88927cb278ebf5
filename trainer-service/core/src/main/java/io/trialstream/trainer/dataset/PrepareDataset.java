package io.trialstream.trainer.dataset;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes CIFAR-100 ready before any trainer starts: {@code PrepareDataset DATA_DIRECTORY}. Writes the download's
 * progress to standard error, one line a percent; ends with 0 and the folder on standard output, or with 3 and the
 * reason on standard error when the data cannot be had, or with 2 when called wrongly.
 */
public final class PrepareDataset {

    private static final int MISUSED = 2;
    private static final int UNAVAILABLE = 3;

    private int percent = -1;

    private PrepareDataset() {}

    /** See the class. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: PrepareDataset DATA_DIRECTORY");
            System.exit(MISUSED);
        }
        Optional<Path> location = Optional.ofNullable(System.getenv(ReleaseStore.LOCATION_VARIABLE))
                .filter(text -> !text.isBlank())
                .map(Path::of);
        try {
            System.out.println(
                    Cifar100Archive.locateOrDownload(Path.of(arguments[0]), location, new PrepareDataset()::print));
        } catch (DatasetUnavailableException e) {
            System.err.println(e.getMessage());
            System.exit(UNAVAILABLE);
        }
    }

    private void print(long bytes, OptionalLong total) {
        int now = total.isPresent() ? (int) (100 * bytes / total.getAsLong()) : (int) (bytes >> 20);
        if (now != percent) {
            percent = now;
            System.err.println("downloading CIFAR-100: " + (bytes >> 20) + " MiB"
                    + (total.isPresent() ? " of " + (total.getAsLong() >> 20) + " MiB" : ""));
        }
    }
}
