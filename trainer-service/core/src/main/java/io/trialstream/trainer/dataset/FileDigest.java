package io.trialstream.trainer.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Check sums of files, as data sets' releases are known by them; against damage rather than malice. */
final class FileDigest {
    private static final int SHA_1_CHARACTERS = 40;

    private FileDigest() {}

    /** SHA-1 or SHA-256, whichever an expected sum of this length is. */
    static String nameFor(String expected) {
        return expected.length() == SHA_1_CHARACTERS ? "SHA-1" : "SHA-256";
    }

    /** Lower-case hexadecimal. */
    static String of(Path file, String algorithm) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
