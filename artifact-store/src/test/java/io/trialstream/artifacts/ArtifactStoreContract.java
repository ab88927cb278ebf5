package io.trialstream.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store does. */
abstract class ArtifactStoreContract {

    /** A store in which nothing of the study {@code study} is. */
    abstract ArtifactStore store();

    @Test
    void shouldGiveBackWhatItGot() throws Exception {
        byte[] bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        ArtifactId id = new ArtifactId("study", 0, "run-a", "best-weights.npz");

        store().put(id, out -> out.write(bytes));

        try (InputStream in = store().open(id).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        Artifact listed = store().list("study", 0).get(0);
        assertThat(listed.id()).isEqualTo(id);
        assertThat(listed.bytes()).isEqualTo(200_000);
        assertThat(Duration.between(listed.modified(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void shouldReplaceAnArtifactOfTheSameName() throws Exception {
        put(1, "run-a", "note.json", "first");
        put(1, "run-a", "note.json", "second");

        assertThat(text(1, "run-a", "note.json")).isEqualTo("second");
        assertThat(store().list("study", 1)).hasSize(1);
    }

    @Test
    void shouldListATrialsArtifactsByRunAndName() throws Exception {
        put(2, "run-b", "a.svg", "1");
        put(2, "run-a", "b.svg", "2");
        put(2, "run-a", "a.svg", "3");
        put(21, "run-c", "a.svg", "4");

        assertThat(store().list("study", 2))
                .extracting(
                        artifact -> artifact.id().runId() + " " + artifact.id().name())
                .containsExactly("run-a a.svg", "run-a b.svg", "run-b a.svg");
        assertThat(store().list("study", 3)).isEmpty();
        assertThat(store().list("nobody", 0)).isEmpty();
    }

    @Test
    void shouldOpenNothingThatIsNotThere() throws Exception {
        assertThat(store().open(new ArtifactId("study", 4, "run-a", "a.svg"))).isEmpty();
    }

    @Test
    void shouldStoreNothingWhoseContentFails() throws Exception {
        ArtifactId id = new ArtifactId("study", 5, "run-a", "a.svg");

        assertThatThrownBy(() -> store().put(id, out -> {
                    out.write(1);
                    throw new IOException("the network is gone");
                }))
                .hasMessageContaining("the network is gone");

        assertThat(store().list("study", 5)).isEmpty();
    }

    @Test
    void shouldDeleteATrialAndNoOther() throws Exception {
        put(6, "run-a", "a.svg", "1");
        put(6, "run-b", "a.svg", "2");
        put(61, "run-c", "a.svg", "3");

        store().deleteTrial("study", 6);
        store().deleteTrial("study", 6);

        assertThat(store().list("study", 6)).isEmpty();
        assertThat(store().list("study", 61)).hasSize(1);
    }

    @Test
    void shouldDeleteAStudyAndNoOther() throws Exception {
        store().put(new ArtifactId("gone", 0, "run-a", "a.svg"), out -> out.write(1));
        store().put(new ArtifactId("gone", 1, "run-b", "a.svg"), out -> out.write(1));
        store().put(new ArtifactId("gone2", 0, "run-c", "a.svg"), out -> out.write(1));

        store().deleteStudy("gone");

        assertThat(store().list("gone", 0)).isEmpty();
        assertThat(store().list("gone", 1)).isEmpty();
        assertThat(store().list("gone2", 0)).hasSize(1);
    }

    @Test
    void shouldKeepTheIdentityThatItWasGiven() throws Exception {
        String identity = store().establishIdentity();

        assertThat(identity).isNotBlank();
        assertThat(store().establishIdentity()).isEqualTo(identity);
        assertThat(store().identity()).isEqualTo(identity);
    }

    private void put(int number, String runId, String name, String text) throws IOException {
        store().put(
                        new ArtifactId("study", number, runId, name),
                        out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String text(int number, String runId, String name) throws IOException {
        try (InputStream in =
                store().open(new ArtifactId("study", number, runId, name)).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
