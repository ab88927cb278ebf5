package io.trialstream.results.artifacts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.trialstream.artifacts.ArtifactSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files lie that runs leave, under {@code trialstream.artifacts}: the same keys as the trainers'. */
@ConfigMapping(prefix = "trialstream.artifacts")
public interface ArtifactKeys {

    /** The directory of artifacts, unless a bucket is named: the one that trainers write to. */
    @WithDefault("data/artifacts")
    Path directory();

    /** The S3 bucket of artifacts; it must exist. */
    Optional<String> bucket();

    /** What the bucket's keys begin with, ending with a slash. */
    @WithDefault("trialstream/")
    String prefix();

    /** The address of an S3 server that is not Amazon's. */
    Optional<URI> endpoint();

    /** The bucket's region. */
    @WithDefault("us-east-1")
    String region();

    /** With {@code secret-key}; without, the environment, profile or instance gives the credentials. */
    Optional<String> accessKey();

    /** With {@code access-key}. */
    Optional<String> secretKey();

    /** The same as the store wants it. */
    default ArtifactSettings settings() {
        return ArtifactSettings.of(directory(), bucket(), prefix(), endpoint(), region(), accessKey(), secretKey());
    }
}
