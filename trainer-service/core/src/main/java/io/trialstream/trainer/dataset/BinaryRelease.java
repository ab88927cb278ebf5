package io.trialstream.trainer.dataset;

import java.net.URI;
import java.util.Map;

/**
 * A data set's official binary release: one tar.gz with the files of records.
 *
 * @param name of the data set, as studies name it
 * @param folder that the archive unpacks to
 * @param archive file name of the archive
 * @param address the archive's official address
 * @param files SHA-1 by file name, lower-case hexadecimal
 */
public record BinaryRelease(String name, String folder, String archive, URI address, Map<String, String> files) {

    /**
     * CIFAR-100: A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009. Its data carries no
     * explicit licence: it is read from where the user put it or downloaded for the user, and is no part of this
     * project.
     */
    public static final BinaryRelease CIFAR_100 = new BinaryRelease(
            "cifar100",
            "cifar-100-binary",
            "cifar-100-binary.tar.gz",
            URI.create("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"),
            Map.of(
                    "train.bin", "e207cd2e05b73b1393c74c7f5e7bea451d63e08e",
                    "test.bin", "8fb6623e830365ff53cf14adec797474f5478006"));

    /** Copies. */
    public BinaryRelease {
        files = Map.copyOf(files);
    }

    /** The same release fetched from another address. */
    public BinaryRelease from(URI mirror) {
        return new BinaryRelease(name, folder, archive, mirror, files);
    }
}
