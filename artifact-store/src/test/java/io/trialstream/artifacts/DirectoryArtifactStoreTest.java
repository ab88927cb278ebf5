package io.trialstream.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryArtifactStoreTest extends ArtifactStoreContract {

    @TempDir
    private Path root;

    @Override
    ArtifactStore store() {
        return new ArtifactSettings.Directory(root).open();
    }

    @Test
    void shouldNotTakeAnEmptyDirectoryForAStore() {
        assertThatThrownBy(() -> store().identity())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mounted");
    }

    @Test
    void shouldNotListWhatIsNotAnArtifact() throws Exception {
        store().put(new ArtifactId("study", 0, "run-a", "a.svg"), out -> out.write(1));
        Files.createFile(root.resolve("study/0/run-a/.b.svg.x.part"));
        Files.createFile(root.resolve("study/0/stray file"));
        Files.createDirectory(root.resolve("study/0/run-a/directory"));

        assertThat(store().list("study", 0)).hasSize(1);
    }
}
