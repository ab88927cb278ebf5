package io.trialstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseStoreTest {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/archive.tar.gz");

    @TempDir
    private Path data;

    @TempDir
    private Path elsewhere;

    private final TestRelease release = new TestRelease();

    @Test
    void shouldUseTheDataDirectoryFirst() {
        Path folder = release.unpackInto(data);
        release.unpackInto(elsewhere);

        assertThat(store(NOWHERE, elsewhere).locateOrDownload(DownloadProgress.SILENT))
                .isEqualTo(folder);
    }

    @Test
    void shouldUseTheUnpackedFolderThatTheUserNamed() {
        Path folder = release.unpackInto(elsewhere);

        assertThat(store(NOWHERE, folder).locateOrDownload(DownloadProgress.SILENT))
                .isEqualTo(folder);
        assertThat(store(NOWHERE, elsewhere).locateOrDownload(DownloadProgress.SILENT))
                .isEqualTo(folder);
    }

    @Test
    void shouldUnpackTheArchiveThatTheUserNamed() throws IOException {
        Path archive = Files.write(elsewhere.resolve(TestRelease.ARCHIVE), release.archive);

        assertThat(store(NOWHERE, archive).locateOrDownload(DownloadProgress.SILENT))
                .isEqualTo(data.resolve(TestRelease.FOLDER));
        assertThat(data.resolve(TestRelease.FOLDER).resolve("train.bin")).hasBinaryContent(release.train);
        assertThat(data.resolve(TestRelease.FOLDER).resolve("test.bin")).hasBinaryContent(release.test);
    }

    @Test
    void shouldFindTheArchiveInTheFolderThatTheUserNamed() throws IOException {
        Files.write(elsewhere.resolve(TestRelease.ARCHIVE), release.archive);

        assertThat(store(NOWHERE, elsewhere).locateOrDownload(DownloadProgress.SILENT))
                .isEqualTo(data.resolve(TestRelease.FOLDER));
    }

    @Test
    void shouldDownloadWhatIsNowhereOnTheMachine() throws IOException {
        try (RangeServer server = new RangeServer(release.archive)) {
            List<Long> progress = new ArrayList<>();

            Path folder = store(server.address()).locateOrDownload((bytes, total) -> {
                assertThat(total).hasValue(release.archive.length);
                progress.add(bytes);
            });

            assertThat(folder.resolve("train.bin")).hasBinaryContent(release.train);
            assertThat(progress).isSorted().endsWith((long) release.archive.length);
        }
    }

    @Test
    void shouldResumeADownloadThatBreaksOff() throws IOException {
        int piece = release.archive.length / 3 + 1;
        try (RangeServer server = new RangeServer(release.archive).breakingAfter(piece)) {
            Path folder = store(server.address()).locateOrDownload(DownloadProgress.SILENT);

            assertThat(folder.resolve("test.bin")).hasBinaryContent(release.test);
            assertThat(server.ranges).containsExactly("all", "bytes=" + piece + "-", "bytes=" + 2 * piece + "-");
        }
    }

    @Test
    void shouldResumeWhatAnEarlierProcessLeft() throws IOException {
        int half = release.archive.length / 2;
        Files.write(data.resolve(TestRelease.ARCHIVE + ".part"), Arrays.copyOf(release.archive, half));
        try (RangeServer server = new RangeServer(release.archive)) {
            store(server.address()).locateOrDownload(DownloadProgress.SILENT);

            assertThat(server.ranges).containsExactly("bytes=" + half + "-");
        }
    }

    @Test
    void shouldStartAgainWhereTheServerKnowsNoRanges() throws IOException {
        Files.write(data.resolve(TestRelease.ARCHIVE + ".part"), new byte[100]);
        try (RangeServer server = new RangeServer(release.archive).withoutRanges()) {
            Path folder = store(server.address()).locateOrDownload(DownloadProgress.SILENT);

            assertThat(folder.resolve("train.bin")).hasBinaryContent(release.train);
        }
    }

    @Test
    void shouldStartAgainWhenThePartIsLongerThanTheFile() throws IOException {
        Files.write(data.resolve(TestRelease.ARCHIVE + ".part"), new byte[release.archive.length + 1]);
        try (RangeServer server = new RangeServer(release.archive)) {
            Path folder = store(server.address()).locateOrDownload(DownloadProgress.SILENT);

            assertThat(folder.resolve("train.bin")).hasBinaryContent(release.train);
        }
    }

    @Test
    void shouldGiveUpOnAServerThatAlwaysEndsAtTheSameByte() throws IOException {
        try (RangeServer server =
                new RangeServer(release.archive).withoutRanges().breakingAfter(5_000)) {
            assertThatThrownBy(() -> store(server.address()).locateOrDownload(DownloadProgress.SILENT))
                    .isInstanceOf(DatasetUnavailableException.class)
                    .hasMessageContaining(server.address().toString());
        }
    }

    @Test
    void shouldSayWhereItLookedAndWhyTheDownloadFailed() throws IOException {
        try (RangeServer server = new RangeServer(release.archive).answering(404)) {
            assertThatThrownBy(() -> store(server.address()).locateOrDownload(DownloadProgress.SILENT))
                    .isInstanceOf(DatasetUnavailableException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("TRIALSTREAM_DATA is not set")
                    .hasMessageContaining("404");
        }
    }

    @Test
    void shouldRefuseAnUnreachableAddress() {
        assertThatThrownBy(() -> store(NOWHERE).locateOrDownload(DownloadProgress.SILENT))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining(NOWHERE.toString());
    }

    @Test
    void shouldRefuseADamagedFile() throws IOException {
        Path folder = release.unpackInto(data);
        byte[] damaged = release.train.clone();
        damaged[17]++;
        Files.write(folder.resolve("train.bin"), damaged);

        assertThatThrownBy(() -> store(NOWHERE).locateOrDownload(DownloadProgress.SILENT))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining("train.bin")
                .hasMessageContaining("SHA-1")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void shouldRefuseAnArchiveThatIsCutShort() throws IOException {
        Path archive = Files.write(
                elsewhere.resolve(TestRelease.ARCHIVE), Arrays.copyOf(release.archive, release.archive.length / 2));

        assertThatThrownBy(() -> store(NOWHERE, archive).locateOrDownload(DownloadProgress.SILENT))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining(archive.toString())
                .hasMessageContaining("cut short");
        assertThat(remains()).noneMatch(name -> name.startsWith(TestRelease.FOLDER));
    }

    @Test
    void shouldRefuseAnArchiveWithOtherContent() throws IOException {
        byte[] other = TestRelease.archived(java.util.Map.of("train.bin", new byte[10], "test.bin", release.test));
        Path archive = Files.write(elsewhere.resolve(TestRelease.ARCHIVE), other);

        assertThatThrownBy(() -> store(NOWHERE, archive).locateOrDownload(DownloadProgress.SILENT))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining("SHA-1")
                .hasMessageContaining(archive.toString());
        assertThat(remains()).noneMatch(name -> name.startsWith(TestRelease.FOLDER));
    }

    @Test
    void shouldDownloadOnceForSeveralAtATime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (RangeServer server = new RangeServer(release.archive)) {
            Callable<Path> prepare = () -> store(server.address()).locateOrDownload(DownloadProgress.SILENT);
            for (Future<Path> folder : threads.invokeAll(List.of(prepare, prepare, prepare, prepare))) {
                assertThat(folder.get()).isEqualTo(data.resolve(TestRelease.FOLDER));
            }
            assertThat(server.ranges).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldTellAvailabilityWithoutFetchingAnything() {
        assertThat(store(NOWHERE).availability())
                .isInstanceOfSatisfying(
                        Availability.Unavailable.class, unavailable -> assertThat(unavailable.description())
                                .contains("not on this machine")
                                .contains(data.toString()));
        release.unpackInto(data);
        assertThat(store(NOWHERE).availability()).isInstanceOf(Availability.Available.class);
    }

    private ReleaseStore store(URI address) {
        return new ReleaseStore(release.at(address), data, Optional.empty());
    }

    private ReleaseStore store(URI address, Path location) {
        return new ReleaseStore(release.at(address), data, Optional.of(location));
    }

    private List<String> remains() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
