package io.trialstream.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that a command reads and writes. The file {@code -} is standard input or standard output. */
final class StandardStreams {
    private static final Path STANDARD = Path.of("-");

    private StandardStreams() {}

    static boolean isStandard(Path file) {
        return file != null && file.equals(STANDARD);
    }

    /** How messages name a file that is read. */
    static String nameOfInput(Path file) {
        return isStandard(file) ? "standard input" : file.toString();
    }

    static byte[] read(Session session, Path file) {
        try {
            return isStandard(file) ? session.terminal().input().readAllBytes() : Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CommandException("no such file: " + file);
        } catch (IOException e) {
            throw new CommandException("cannot read " + nameOfInput(file) + ": " + reason(e));
        }
    }

    /** What gives a file its content. */
    @FunctionalInterface
    interface Content {
        /** Writes it and answers its length in bytes. */
        long writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file and answers its length in bytes. The file appears when it is whole.
     *
     * @param force whether a file that exists is replaced
     */
    static long write(Session session, Path file, boolean force, Content content) {
        if (isStandard(file)) {
            return writeToOutput(session, content);
        }
        if (Files.exists(file) && !force) {
            throw new CommandException(file + " already exists; use --force to replace it");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try {
                long bytes;
                try (OutputStream out = Files.newOutputStream(part)) {
                    bytes = content.writeTo(out);
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
                return bytes;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new CommandException("cannot write " + file + ": " + reason(e));
        }
    }

    private static long writeToOutput(Session session, Content content) {
        OutputStream out = session.terminal().output();
        try {
            long bytes = content.writeTo(out);
            out.flush();
            return bytes;
        } catch (IOException e) {
            throw new CommandException("cannot write to standard output: " + reason(e));
        }
    }

    /** The JDK's message of a missing directory is only its name. */
    static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such directory" : e.getMessage();
    }
}
