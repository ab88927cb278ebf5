package io.trialstream.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.artifacts.ArtifactSettings.Bucket;
import io.trialstream.artifacts.ArtifactSettings.Credentials;
import io.trialstream.artifacts.ArtifactSettings.Directory;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArtifactSettingsTest {
    private static final Path DATA = Path.of("data");

    @Test
    void shouldBeTheDirectoryUnlessABucketIsNamed() {
        assertThat(settings(Optional.empty(), Optional.of("id"), Optional.of("secret")))
                .isEqualTo(new Directory(DATA));
    }

    @Test
    void shouldTakeBothHalvesOfTheCredentialsOrNone() {
        Optional<String> bucket = Optional.of("files");

        assertThat(settings(bucket, Optional.of("id"), Optional.of("secret")))
                .isEqualTo(bucket(Optional.of(new Credentials("id", "secret"))));
        assertThat(settings(bucket, Optional.of("id"), Optional.empty())).isEqualTo(bucket(Optional.empty()));
        assertThat(settings(bucket, Optional.empty(), Optional.of("secret"))).isEqualTo(bucket(Optional.empty()));
    }

    private static ArtifactSettings settings(
            Optional<String> bucket, Optional<String> accessKey, Optional<String> secretKey) {
        return ArtifactSettings.of(DATA, bucket, "p/", Optional.empty(), "eu-central-1", accessKey, secretKey);
    }

    private static Bucket bucket(Optional<Credentials> credentials) {
        return new Bucket("files", "p/", Optional.empty(), "eu-central-1", credentials);
    }
}
