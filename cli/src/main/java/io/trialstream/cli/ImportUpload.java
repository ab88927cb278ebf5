package io.trialstream.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What an import sends: a file as it is, or a directory's files as a zip archive. */
record ImportUpload(byte[] content, String mediaType) {

    /** One trial a line. */
    static ImportUpload ofLines(Session session, Path file) {
        return new ImportUpload(StandardStreams.read(session, file), "application/x-ndjson");
    }

    /** A result file of the 2017 search, a directory of them, or an archive. */
    static ImportUpload ofSeedFiles(Session session, Path path) {
        if (Files.isDirectory(path)) {
            return zipped(path);
        }
        byte[] content = StandardStreams.read(session, path);
        return new ImportUpload(content, isZip(content) ? "application/zip" : "application/json");
    }

    private static boolean isZip(byte[] content) {
        return content.length > 1 && content[0] == 'P' && content[1] == 'K';
    }

    private static ImportUpload zipped(Path directory) {
        try (Stream<Path> listed = Files.list(directory)) {
            List<Path> files = listed.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new CommandException("there are no .json files in " + directory);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Path file : files) {
                    zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
            return new ImportUpload(bytes.toByteArray(), "application/zip");
        } catch (IOException e) {
            throw new CommandException("cannot read " + directory + ": " + e.getMessage());
        }
    }
}
