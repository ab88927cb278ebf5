package io.trialstream.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "a/b", ".hidden", "a b", "a\\b", "\u0000"})
    void shouldRefuseNamesThatAreNoPlainFileNames(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ArtifactId("study", 0, "run", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a.b"})
    void shouldRefuseIdsThatAreNone(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ArtifactId(id, 0, "run", "a.svg"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ArtifactId("study", 0, id, "a.svg"));
    }

    @Test
    void shouldTellTheMediaTypeByTheEnding() {
        assertThat(typeOf("blueprint.svg")).isEqualTo("image/svg+xml");
        assertThat(typeOf("filters.png")).isEqualTo("image/png");
        assertThat(typeOf("events.out.tfevents.1.host")).isEqualTo("application/octet-stream");
    }

    private static String typeOf(String name) {
        return new Artifact(new ArtifactId("study", 0, "run", name), 1, Instant.EPOCH).mediaType();
    }
}
