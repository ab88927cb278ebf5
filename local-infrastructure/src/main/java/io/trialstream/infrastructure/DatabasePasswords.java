package io.trialstream.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The passwords of one database server's two roles: random, made once, kept in files beside the data that only their
 * user can read.
 *
 * @param superuser of the role that PostgreSQL is set up with; nobody but the server's launcher needs it
 * @param service of the role that programs use
 */
record DatabasePasswords(String superuser, String service) {
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9_-]{32}");
    private static final int RANDOM_BYTES = 24;

    /** Where the superuser's is, alone in its file, as {@code initdb} wants it. */
    static Path superuserFile(Path root) {
        return root.resolve("superuser.password");
    }

    private static Path serviceFile(Path root) {
        return root.resolve("service.password");
    }

    /** Whether both are there. */
    static boolean exist(Path root) {
        return isPassword(superuserFile(root)) && isPassword(serviceFile(root));
    }

    /** Answers them; throws {@link ServerStartException} where a server has never been started. */
    static DatabasePasswords read(Path root) {
        return new DatabasePasswords(read(superuserFile(root), root), read(serviceFile(root), root));
    }

    private static String read(Path file, Path root) {
        if (!isPassword(file)) {
            throw new ServerStartException(
                    file + " holds no password; starting the database in " + root + " makes a new one");
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Makes those that are missing. */
    static DatabasePasswords create(Path root) throws IOException {
        for (Path file : new Path[] {superuserFile(root), serviceFile(root)}) {
            if (!isPassword(file)) {
                write(file);
            }
        }
        return read(root);
    }

    private static void write(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        // Files made so are their owner's alone from the beginning.
        Path unfinished = Files.createTempFile(file.getParent(), ".password", null);
        Files.writeString(unfinished, Base64.getUrlEncoder().encodeToString(random) + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isPassword(Path file) {
        try {
            return Files.isRegularFile(file)
                    && PASSWORD.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .strip())
                            .matches();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Tells nothing. */
    @Override
    public String toString() {
        return "passwords";
    }
}
