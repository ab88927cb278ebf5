package io.trialstream.infrastructure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The archive with the PostgreSQL programs that came with this build. It is unpacked as a stream: at no time is more in
 * memory than the 8 MiB that its compression looks back on.
 *
 * @param name of the version and platform: different programs have different names
 * @param source where it is read from
 */
record PostgresArchive(String name, Source source) {
    private static final String DESCRIPTION = "postgres-programs.properties";
    private static final int EXECUTABLE = 0100;

    /** Opens an archive to be read from its beginning. */
    interface Source {
        InputStream open() throws IOException;
    }

    /** Answers the archive of this build. */
    static PostgresArchive ofThisBuild() {
        Properties properties = new Properties();
        try (InputStream in = PostgresArchive.class.getResourceAsStream(DESCRIPTION)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + DESCRIPTION, e);
        }
        String resource = properties.getProperty("archive");
        return new PostgresArchive(properties.getProperty("name"), () -> onClassPath(resource));
    }

    private static InputStream onClassPath(String resource) {
        InputStream archive = PostgresArchive.class.getResourceAsStream(resource);
        if (archive == null) {
            throw new ServerStartException("this build contains no PostgreSQL for this machine (" + resource
                    + " is not on the class path); build it here");
        }
        return archive;
    }

    /** Unpacks everything into {@code directory}, which exists and is empty. */
    void unpackInto(Path directory) throws IOException {
        try (InputStream compressed = source.open();
                TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(compressed))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                unpack(entry, archive, directory);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path directory) throws IOException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("the archive names a file outside its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, directory.resolve(entry.getLinkName()).normalize());
        } else {
            Files.copy(content, target);
            if (PrivateDirectory.isPosix(target) && (entry.getMode() & EXECUTABLE) != 0) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }
}
