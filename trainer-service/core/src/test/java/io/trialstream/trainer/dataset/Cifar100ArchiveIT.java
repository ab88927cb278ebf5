package io.trialstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real archive, where the machine has it. */
class Cifar100ArchiveIT {

    @TempDir
    private Path data;

    @Test
    void shouldOpenTheRealArchive() {
        Path archive = Path.of(System.getProperty("trialstream.shared", "")).resolve("data/cifar-100-binary.tar.gz");
        assumeTrue(Files.isRegularFile(archive), "SKIPPED: no CIFAR-100 archive at " + archive);

        Dataset cifar = new Cifar100Archive(data, Optional.of(archive), DownloadProgress.SILENT).open();

        assertThat(cifar.train().size()).isEqualTo(50_000);
        assertThat(cifar.test().size()).isEqualTo(10_000);
        assertThat(IntStream.range(0, 50_000)
                        .filter(i -> cifar.train().fineLabel(i) == 42)
                        .count())
                .isEqualTo(500);
        assertThat(IntStream.range(0, 10_000)
                        .filter(i -> cifar.test().coarseLabel(i) == 19)
                        .count())
                .isEqualTo(500);
        Split honest = Split.honest(cifar, 0, 0);
        assertThat(honest.train()).hasSize(45_000);
        assertThat(honest.selection()).hasSize(5_000);
    }
}
