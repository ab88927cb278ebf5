package io.trialstream.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
class PrivateDirectoryTest {
    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void resolveLinks() throws IOException {
        root = temporary.toRealPath();
    }

    @Test
    void shouldCreateADirectoryThatOnlyItsOwnerMayEnter() throws IOException {
        Path opened = PrivateDirectory.open(root.resolve("a/b")).path();

        assertThat(opened).isEqualTo(root.resolve("a/b"));
        assertThat(permissions(opened)).isEqualTo("rwx------");
        assertThat(opened).isEmptyDirectory();
    }

    @Test
    void shouldCloseADirectoryThatOthersMayLookInto() throws IOException {
        Path open = create("cache", "rwxr-xr-x");

        PrivateDirectory.open(open);

        assertThat(permissions(open)).isEqualTo("rwx------");
    }

    @Test
    void shouldRefuseADirectoryThatOthersMayHaveChanged() throws IOException {
        Path shared = create("cache", "rwxrwxrwx");

        assertThatThrownBy(() -> PrivateDirectory.open(shared))
                .isInstanceOf(ServerStartException.class)
                .hasMessage("other users can write to " + shared + "; close it with: chmod 700 " + shared);
    }

    @Test
    void shouldRefuseADirectoryThatOthersCanReplace() throws IOException {
        Path shared = create("shared", "rwxrwxrwx");

        assertThatThrownBy(() -> PrivateDirectory.open(shared.resolve("cache/trialstream")))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("other users can replace files in " + shared)
                .hasMessageContaining("set XDG_CACHE_HOME")
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldAcceptAPlaceInADirectoryForTemporaryFiles() throws IOException {
        Path sticky = create("tmp", "rwxrwxrwx");
        Files.setAttribute(sticky, "unix:mode", 01777);

        assertThat(PrivateDirectory.open(sticky.resolve("mine")).path()).isEqualTo(sticky.resolve("mine"));
    }

    @Test
    void shouldFindADirectoryBehindALink() throws IOException {
        Path real = create("real", "rwx------");
        Path link = Files.createSymbolicLink(root.resolve("link"), real);

        assertThat(PrivateDirectory.open(link).path()).isEqualTo(real);
    }

    @Test
    void shouldSayWhoseADirectoryIs() throws IOException {
        Path directory = create("cache", "rwx------");
        int somebodyElse = (Integer) Files.getAttribute(directory, "unix:uid") + 1;

        assertThatThrownBy(() -> PrivateDirectory.requireOwner(directory, somebodyElse))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining(directory + " belongs to another user ("
                        + Files.getOwner(directory).getName() + ")");
    }

    @Test
    void shouldSayThatAPlaceCannotBeWritten() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> PrivateDirectory.open(file.resolve("cache")))
                .isInstanceOf(ServerStartException.class)
                .hasMessageStartingWith("cannot write to " + file.resolve("cache") + ": ")
                .hasMessageNotContaining("\n");
    }

    private Path create(String name, String permissions) throws IOException {
        Path directory = Files.createDirectory(root.resolve(name));
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
