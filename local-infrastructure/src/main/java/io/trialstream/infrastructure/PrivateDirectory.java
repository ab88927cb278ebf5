package io.trialstream.infrastructure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A directory in which nobody but this user (and root) can create, change or replace anything: it belongs to the user,
 * is closed to all others, and no directory above it lets anybody else rename what is in it. On file systems without
 * POSIX permissions only its being writable is checked.
 *
 * @param path the real path, without symbolic links
 */
record PrivateDirectory(Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final int ROOT = 0;
    private static final int STICKY = 01000;

    /**
     * Answers {@code directory} as a private one; creates it, closed to others, with its parents where it is absent. One
     * of the user's own that others may look into is closed first.
     *
     * @throws ServerStartException when it cannot be written, belongs to somebody else or can be changed by others
     */
    static PrivateDirectory open(Path directory) {
        try {
            return new PrivateDirectory(checked(created(directory)));
        } catch (IOException e) {
            throw new ServerStartException("cannot write to " + directory + ": " + reason(e), e);
        }
    }

    private static Path created(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            Files.createDirectories(absolute, ownerOnly(absolute));
        }
        return absolute.toRealPath();
    }

    /** The attribute that creates files or directories closed to others, nothing where there is no such thing. */
    static FileAttribute<?>[] ownerOnly(Path place) {
        return isPosix(place)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private static Path checked(Path real) throws IOException {
        int user = userAbleToWrite(real);
        if (isPosix(real)) {
            requireOwner(real, user);
            if (mayOthersWrite(real)) {
                throw new ServerStartException(
                        "other users can write to " + real + "; close it with: chmod 700 " + real);
            }
            Files.setPosixFilePermissions(real, OWNER_ONLY);
            requireParentsThatOthersCannotChange(real, user);
        }
        return real;
    }

    /** Whoever owns what this process creates is its user: that holds for users without a name too. */
    private static int userAbleToWrite(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, ".owner", null);
        try {
            return isPosix(probe) ? owner(probe) : ROOT;
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** @param user the number of the user whom {@code path} is to belong to */
    static void requireOwner(Path path, int user) throws IOException {
        if (owner(path) != user) {
            throw new ServerStartException(
                    path + " belongs to another user (" + Files.getOwner(path).getName()
                            + "); remove it, or set XDG_CACHE_HOME to a directory of your own");
        }
    }

    private static void requireParentsThatOthersCannotChange(Path real, int user) throws IOException {
        for (Path above = real.getParent(); above != null; above = above.getParent()) {
            boolean ownersAreTrusted = owner(above) == ROOT || owner(above) == user;
            // In a sticky directory, such as /tmp, only a file's owner may rename it.
            if (!ownersAreTrusted || (mayOthersWrite(above) && !isSticky(above))) {
                throw new ServerStartException("other users can replace files in " + above
                        + ", where PostgreSQL's programs go; set XDG_CACHE_HOME to a directory of your own");
            }
        }
    }

    /** A group named as the owner is the owner's alone, as many systems set it up. */
    private static boolean mayOthersWrite(Path path) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        boolean groupIsTheOwner =
                attributes.group().getName().equals(attributes.owner().getName());
        return attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)
                || (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE) && !groupIsTheOwner);
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    private static boolean isSticky(Path path) throws IOException {
        return ((Integer) Files.getAttribute(path, "unix:mode") & STICKY) != 0;
    }

    /** Whether it belongs to root, which is then also this process's user. */
    boolean isRoots() throws IOException {
        return isPosix(path) && owner(path) == ROOT;
    }

    /** Says in a few words why an operation on files failed, without naming the file. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return failure instanceof FileSystemException
                ? failure.getClass().getSimpleName()
                : String.valueOf(failure.getMessage());
    }
}
