package io.trialstream.trainer.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A small release of the same form as CIFAR-100's, of random records. */
final class TestRelease {

    static final String FOLDER = "cifar-100-binary";
    static final String ARCHIVE = "cifar-100-binary.tar.gz";

    final byte[] train = records(40, 1);
    final byte[] test = records(10, 2);
    final byte[] archive =
            archived(Map.of("train.bin", train, "test.bin", test, "fine_label_names.txt", new byte[] {'a'}));

    BinaryRelease at(URI address) {
        return new BinaryRelease(
                "cifar100", FOLDER, ARCHIVE, address, Map.of("train.bin", sha1(train), "test.bin", sha1(test)));
    }

    Path unpackInto(Path parent) {
        try {
            Path folder = Files.createDirectories(parent.resolve(FOLDER));
            Files.write(folder.resolve("train.bin"), train);
            Files.write(folder.resolve("test.bin"), test);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] archived(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(FOLDER + "/" + file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] records(int count, long seed) {
        byte[] records = new byte[count * 3074];
        new Random(seed).nextBytes(records);
        return records;
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
