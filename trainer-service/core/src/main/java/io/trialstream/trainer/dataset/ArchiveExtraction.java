package io.trialstream.trainer.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Takes named files out of a tar.gz, wherever in it they lie; paths in the archive choose nothing. */
final class ArchiveExtraction {

    private ArchiveExtraction() {}

    /**
     * Writes each wanted file into the directory under its own name.
     *
     * @throws IOException if the archive is cut short, damaged, or lacks one of the files
     */
    static void extract(Path archive, Set<String> wanted, Path directory) throws IOException {
        Set<String> missing = new HashSet<>(wanted);
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null && !missing.isEmpty();
                    entry = tar.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (entry.isFile() && missing.remove(name)) {
                    Files.copy(tar, directory.resolve(name));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException(archive + " does not contain " + missing);
        }
    }
}
