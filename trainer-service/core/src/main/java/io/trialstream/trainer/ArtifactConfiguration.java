package io.trialstream.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where a trainer puts the files that runs leave. The results service reads the same keys and serves them. */
@ConfigMapping(prefix = "trialstream.artifacts")
public interface ArtifactConfiguration {

    /** The directory of artifacts, unless a bucket is named. Its readers must see the same one. */
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

    /** Whether a completed trial leaves its best weights: four bytes a parameter. */
    @WithDefault("true")
    boolean weights();
}
