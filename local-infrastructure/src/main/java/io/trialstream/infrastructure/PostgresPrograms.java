package io.trialstream.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs, unpacked on this machine: one copy for all databases of a user, in a directory that nobody else
 * can change.
 *
 * <p>A copy is unpacked beside its place and renamed, so that whatever ends this process leaves no half copy under the
 * final name. Of several processes that need it at once, one unpacks and the others wait. A copy that is not whole is
 * replaced.
 */
final class PostgresPrograms {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;
    private final boolean asRoot;

    private PostgresPrograms(Path directory, boolean asRoot) {
        this.directory = directory;
        this.asRoot = asRoot;
    }

    /**
     * Answers the programs in the user's cache; where that cannot hold them (a home that is read-only, or a full disk),
     * those in {@code fallback}.
     *
     * @throws ServerStartException when neither can
     */
    static PostgresPrograms find(Path fallback) {
        List<Path> places = new ArrayList<>();
        UserCache.directory(System.getenv(), System.getProperty("user.home")).ifPresent(places::add);
        places.add(fallback);
        return find(PostgresArchive.ofThisBuild(), places);
    }

    static PostgresPrograms find(PostgresArchive archive, List<Path> places) {
        List<String> reasons = new ArrayList<>();
        for (Path place : places) {
            try {
                PrivateDirectory home = PrivateDirectory.open(place);
                return new PostgresPrograms(unpacked(archive, home), home.isRoots());
            } catch (ServerStartException e) {
                reasons.add(e.getMessage());
            } catch (IOException e) {
                reasons.add("cannot unpack PostgreSQL (60 MB) into " + place + ": " + PrivateDirectory.reason(e));
            }
        }
        throw new ServerStartException(String.join("; ", reasons));
    }

    private static Path unpacked(PostgresArchive archive, PrivateDirectory home) throws IOException {
        Path place = home.path().resolve(archive.name());
        if (!Inventory.isWhole(place)) {
            try (DirectoryLock lock = awaitLock(home.path())) {
                if (!Inventory.isWhole(place)) {
                    unpack(archive, place);
                }
            }
        }
        return place;
    }

    private static DirectoryLock awaitLock(Path home) throws IOException {
        long started = System.nanoTime();
        while (System.nanoTime() - started < PATIENCE.toNanos()) {
            Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(home, "lock");
            if (lock.isPresent()) {
                return lock.get();
            }
            pause();
        }
        throw new IOException("another process has been unpacking there for " + PATIENCE.toSeconds() + " s");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Only for the holder of the lock, so that what is unfinished here belongs to nobody any more. */
    private static void unpack(PostgresArchive archive, Path place) throws IOException {
        deleteUnfinished(place);
        Path unfinished = Files.createTempDirectory(place.getParent(), archive.name() + UNFINISHED);
        try {
            archive.unpackInto(unfinished);
            Inventory.write(unfinished);
            replace(place, unfinished);
        } catch (IOException | RuntimeException e) {
            Directories.deleteQuietly(unfinished);
            throw e;
        }
    }

    /** A server that still runs from a damaged copy keeps the files that it has open. */
    private static void replace(Path place, Path whole) throws IOException {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            Path damaged = place.resolveSibling(whole.getFileName() + ".damaged");
            Files.move(place, damaged, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE);
        deleteUnfinished(place);
    }

    private static void deleteUnfinished(Path place) throws IOException {
        try (Stream<Path> siblings = Files.list(place.getParent())) {
            siblings.filter(sibling -> sibling.getFileName().toString().startsWith(place.getFileName() + UNFINISHED))
                    .forEach(Directories::deleteQuietly);
        }
    }

    /** Answers where they are. */
    Path directory() {
        return directory;
    }

    /**
     * Answers how to run one of them. PostgreSQL refuses to run as root: root's processes are put into a user namespace,
     * in which they are nobody in particular.
     */
    ProcessBuilder command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (asRoot) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Neither the user's language nor settings for other databases reach this one.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG") || variable.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
