package io.trialstream.trainer.dataset;

import io.trialstream.trainer.files.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a {@link BinaryRelease} on this machine or fetches it. Looked at in this order: the trainer's data directory,
 * the location the user named (the archive, its unpacked folder, or a folder that contains either), the official
 * address. Whatever is found is verified by its check sums before it is used. An archive is unpacked once, into the data
 * directory, by one process at a time.
 *
 * <p>Usable without any framework, from any process that may write the data directory.
 */
public final class ReleaseStore {

    /** Environment variable by which a user says where the data lies. */
    public static final String LOCATION_VARIABLE = "TRIALSTREAM_DATA";

    private final BinaryRelease release;
    private final Path dataDirectory;
    private final Optional<Path> location;
    private final DownloadProbe download;

    /**
     * @param dataDirectory where archives are downloaded and unpacked to; created when needed
     * @param location what the user named, usually by {@value #LOCATION_VARIABLE}
     */
    public ReleaseStore(BinaryRelease release, Path dataDirectory, Optional<Path> location) {
        this.release = Objects.requireNonNull(release, "release");
        this.dataDirectory = Objects.requireNonNull(dataDirectory, "dataDirectory");
        this.location = Objects.requireNonNull(location, "location");
        this.download = new DownloadProbe(release.address());
    }

    /** Whether the release is on this machine, or its address answered when it was last asked. Does not block. */
    public boolean isObtainable() {
        return availability() instanceof Availability.Available || download.isReachable();
    }

    /** Whether something that looks like the release is on this machine; nothing is verified. */
    public Availability availability() {
        return folder().or(this::archive)
                .<Availability>map(found -> new Availability.Available(release.name() + " at " + found))
                .orElseGet(
                        () -> new Availability.Unavailable(release.name() + " is not on this machine: " + lookedAt()));
    }

    /**
     * The folder with the release's verified files, downloaded and unpacked when necessary.
     *
     * @throws DatasetUnavailableException if it is nowhere to be had, or what was found is cut short or damaged
     */
    public Path locateOrDownload(DownloadProgress progress) {
        Optional<Path> unpacked = folder();
        if (unpacked.isPresent()) {
            return verified(unpacked.get());
        }
        return DirectoryLock.holding(dataDirectory, release.folder(), () -> folder().map(this::verified)
                .orElseGet(() -> unpacked(archive().orElseGet(() -> downloaded(progress)))));
    }

    private Optional<Path> folder() {
        Stream<Path> named = location.stream().flatMap(place -> Stream.of(place, place.resolve(release.folder())));
        return Stream.concat(Stream.of(dataDirectory.resolve(release.folder())), named)
                .filter(folder ->
                        release.files().keySet().stream().allMatch(name -> Files.isRegularFile(folder.resolve(name))))
                .findFirst();
    }

    private Optional<Path> archive() {
        Stream<Path> named = location.stream().flatMap(place -> Stream.of(place, place.resolve(release.archive())));
        return Stream.concat(Stream.of(dataDirectory.resolve(release.archive())), named)
                .filter(Files::isRegularFile)
                .filter(file -> !release.isOthersArchive(file.getFileName().toString()))
                .findFirst();
    }

    private Path downloaded(DownloadProgress progress) {
        try {
            return new ResumableDownload(release.address(), progress).into(dataDirectory.resolve(release.archive()));
        } catch (IOException e) {
            throw new DatasetUnavailableException(
                    release.name() + " is not on this machine (" + lookedAt() + ") and cannot be downloaded from "
                            + release.address() + ": " + e,
                    e);
        }
    }

    private Path unpacked(Path archive) {
        try {
            Path fresh = Files.createTempDirectory(dataDirectory, release.folder() + "-");
            try {
                ArchiveExtraction.extract(archive, release.files().keySet(), fresh);
                requireIntact(fresh, archive);
                return Files.move(fresh, dataDirectory.resolve(release.folder()), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                DirectoryTree.delete(fresh);
            }
        } catch (IOException e) {
            throw new DatasetUnavailableException(
                    "the archive " + archive + " is cut short or damaged (" + e.getMessage()
                            + "); delete it to have it fetched again",
                    e);
        }
    }

    private Path verified(Path folder) {
        requireIntact(folder, folder);
        return folder;
    }

    /** @param origin what the user would delete */
    private void requireIntact(Path folder, Path origin) {
        release.files().forEach((name, expected) -> {
            String algorithm = FileDigest.nameFor(expected);
            String found = digest(folder.resolve(name), algorithm);
            if (!found.equals(expected)) {
                throw new DatasetUnavailableException(
                        name + " of " + origin + " is cut short or damaged: its " + algorithm + " is " + found
                                + " instead of " + expected + "; delete " + origin + " to have it fetched again");
            }
        });
    }

    private String lookedAt() {
        List<String> places = Stream.concat(
                        Stream.of(dataDirectory.toString()), location.stream().map(Path::toString))
                .toList();
        return "looked in " + String.join(", ", places)
                + (location.isEmpty() ? "; " + LOCATION_VARIABLE + " is not set" : "");
    }

    private static String digest(Path file, String algorithm) {
        try {
            return FileDigest.of(file, algorithm);
        } catch (IOException e) {
            throw new DatasetUnavailableException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
