package io.trialstream.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.infrastructure.PostgresArchive.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class PostgresProgramsTest {
    private static final String NAME = "postgresql-0";

    @TempDir
    Path temporary;

    private Path cache;
    private byte[] archive;

    @BeforeEach
    void pack() throws IOException {
        cache = temporary.toRealPath().resolve("cache");
        archive = archive();
    }

    @Test
    void shouldUnpackProgramsLinksAndFiles() throws IOException {
        Path programs = find(this::open).directory();

        assertThat(programs).isEqualTo(cache.resolve(NAME));
        assertThat(Files.isExecutable(programs.resolve("bin/postgres"))).isTrue();
        assertThat(Files.isExecutable(programs.resolve("lib/libpq.so.5.17"))).isFalse();
        assertThat(programs.resolve("lib/libpq.so")).isSymbolicLink().hasContent("library");
        assertThat(names(cache)).containsExactlyInAnyOrder(NAME, "lock");
    }

    @Test
    void shouldUnpackOnlyOnce() {
        find(this::open);

        find(() -> {
            throw new AssertionError("unpacked again");
        });
    }

    /** What can be left under the final name by an interruption, a full disk, an older version, a cleaner of caches. */
    enum Remnant {
        NO_LIST {
            @Override
            void leave(Path place) throws IOException {
                Files.delete(place.resolve("INVENTORY"));
            }
        },
        EMPTY_LIST {
            @Override
            void leave(Path place) throws IOException {
                Files.writeString(place.resolve("INVENTORY"), "");
            }
        },
        CUT_LIST {
            @Override
            void leave(Path place) throws IOException {
                Files.writeString(place.resolve("INVENTORY"), "8 lib/libpq.so.5.17\n12");
            }
        },
        NO_LIBRARY {
            @Override
            void leave(Path place) throws IOException {
                Files.delete(place.resolve("lib/libpq.so.5.17"));
            }
        },
        EMPTY_PROGRAM {
            @Override
            void leave(Path place) throws IOException {
                Files.writeString(place.resolve("bin/postgres"), "");
            }
        },
        EMPTY_DIRECTORY {
            @Override
            void leave(Path place) throws IOException {
                Directories.delete(place);
                Files.createDirectory(place);
            }
        },
        FILE {
            @Override
            void leave(Path place) throws IOException {
                Directories.delete(place);
                Files.writeString(place, "no directory");
            }
        },
        LINK_TO_NOWHERE {
            @Override
            void leave(Path place) throws IOException {
                Directories.delete(place);
                Files.createSymbolicLink(place, Path.of("nowhere"));
            }
        },
        HALF_BESIDE {
            @Override
            void leave(Path place) throws IOException {
                Directories.delete(place);
                Path half = place.resolveSibling(NAME + ".unfinished123");
                Files.writeString(Files.createDirectories(half.resolve("bin")).resolve("postgres"), "#!");
            }
        };

        abstract void leave(Path place) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void shouldReplaceARemnant(Remnant remnant) throws IOException {
        // Given
        remnant.leave(find(this::open).directory());

        // When
        Path programs = find(this::open).directory();

        // Then
        assertThat(programs.resolve("bin/postgres")).hasContent("program");
        assertThat(programs.resolve("lib/libpq.so")).hasContent("library");
        assertThat(names(cache)).containsExactlyInAnyOrder(NAME, "lock");
    }

    @Test
    void shouldLeaveNothingBehindWhenUnpackingFailsAndSucceedLater() throws IOException {
        assertThatThrownBy(() -> find(this::brokenOff))
                .isInstanceOf(ServerStartException.class)
                .hasMessage("cannot unpack PostgreSQL (60 MB) into " + cache + ": No space left on device");
        assertThat(names(cache)).containsExactly("lock");

        assertThat(find(this::open).directory()).isDirectory();
    }

    @Test
    void shouldHaveOneUnpackWhileTheOthersWait() throws Exception {
        // Given
        AtomicInteger opened = new AtomicInteger();
        CountDownLatch unpacking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Source slow = () -> {
            opened.incrementAndGet();
            unpacking.countDown();
            awaitUninterrupted(goOn);
            return open();
        };

        // When
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<PostgresPrograms>> all = Stream.generate(() -> threads.submit(() -> find(slow)))
                    .limit(3)
                    .toList();
            unpacking.await();
            goOn.countDown();

            // Then
            for (Future<PostgresPrograms> one : all) {
                assertThat(one.get().directory().resolve("bin/postgres")).hasContent("program");
            }
            assertThat(opened).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldTakeTheNextPlaceWhereTheFirstCannotBeUsed() throws IOException {
        Path noDirectory = Files.createFile(temporary.resolve("file")).resolve("cache");

        PostgresPrograms programs =
                PostgresPrograms.find(new PostgresArchive(NAME, this::open), List.of(noDirectory, cache));

        assertThat(programs.directory()).startsWith(cache);
    }

    @Test
    void shouldSayInOneLineWhyNoPlaceCanBeUsed() throws IOException {
        Path noDirectory = Files.createFile(temporary.resolve("file")).resolve("cache");

        assertThatThrownBy(() ->
                        PostgresPrograms.find(new PostgresArchive(NAME, this::brokenOff), List.of(noDirectory, cache)))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("cannot write to " + noDirectory)
                .hasMessageContaining("into " + cache + ": No space left on device")
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldRefuseAnArchiveThatReachesOutOfItsDirectory() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZOutputStream(out, new LZMA2Options()))) {
            add(tar, "../outside", "x", 0644);
        }

        assertThatThrownBy(() -> find(() -> new ByteArrayInputStream(out.toByteArray())))
                .hasMessageContaining("../outside");
        assertThat(cache.resolve("outside")).doesNotExist();
    }

    @Test
    void shouldKeepSettingsForOtherDatabasesAndLanguagesFromThePrograms() {
        ProcessBuilder command = find(this::open).command("postgres", List.of("--version"));

        assertThat(command.environment()).containsEntry("LC_ALL", "C");
        assertThat(command.environment().keySet()).noneMatch(variable -> variable.startsWith("PG"));
        assertThat(command.command())
                .endsWith(cache.resolve(NAME + "/bin/postgres").toString(), "--version");
    }

    private PostgresPrograms find(Source source) {
        return PostgresPrograms.find(new PostgresArchive(NAME, source), List.of(cache));
    }

    private InputStream open() {
        return new ByteArrayInputStream(archive);
    }

    /** The archive's beginning, and then what a full disk says. */
    private InputStream brokenOff() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("No space left on device");
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(archive, 0, archive.length / 2), failing);
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZOutputStream(out, new LZMA2Options()))) {
            tar.putArchiveEntry(new TarArchiveEntry("bin/"));
            tar.closeArchiveEntry();
            add(tar, "bin/postgres", "program", 0755);
            add(tar, "lib/libpq.so.5.17", "library", 0644);
            TarArchiveEntry link = new TarArchiveEntry("lib/libpq.so", TarConstants.LF_SYMLINK);
            link.setLinkName("libpq.so.5.17");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, String content, int mode) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new FileNotFoundException("interrupted");
        }
    }
}
