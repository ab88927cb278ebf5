package io.trialstream.trainer.dataset;

import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A data set's official binary release: one tar.gz with the files of records.
 *
 * @param name of the data set, as studies name it
 * @param folder that the archive unpacks to
 * @param archive file name of the archive
 * @param address the archive's official address
 * @param files SHA-1 or SHA-256 by file name, lower-case hexadecimal
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

    /** CIFAR-10: from the same source, under the same terms. */
    public static final BinaryRelease CIFAR_10 = new BinaryRelease(
            "cifar10",
            "cifar-10-batches-bin",
            "cifar-10-binary.tar.gz",
            URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
            Map.of(
                    "data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
                    "data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
                    "data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
                    "data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
                    "data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
                    "test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"));

    /** Copies. */
    public BinaryRelease {
        files = Map.copyOf(files);
    }

    /** Whether another known release's archive is named so: what a user names may be the place of that one. */
    boolean isOthersArchive(String fileName) {
        return Stream.of(CIFAR_100, CIFAR_10)
                .anyMatch(known -> known.archive.equals(fileName) && !known.archive.equals(archive));
    }

    /** The same release fetched from another address. */
    public BinaryRelease from(URI mirror) {
        return new BinaryRelease(name, folder, archive, mirror, files);
    }
}
