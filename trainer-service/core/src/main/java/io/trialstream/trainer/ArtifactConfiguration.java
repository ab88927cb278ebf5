package io.trialstream.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where a trainer stores the artifacts of runs. The results service reads the same keys and serves them. */
@ConfigMapping(prefix = "trialstream.artifacts")
public interface ArtifactConfiguration {

    /** The directory of artifacts, unless a bucket is named. The results service must see the same directory. */
    @WithDefault("data/artifacts")
    Path directory();

    /** The S3 bucket of artifacts; it must exist. */
    Optional<String> bucket();

    /** The prefix of all keys in the bucket, ending with a slash. */
    @WithDefault("trialstream/")
    String prefix();

    /** The address of an S3-compatible server other than Amazon's. */
    Optional<URI> endpoint();

    /** The bucket's region. */
    @WithDefault("us-east-1")
    String region();

    /** Set together with {@code secret-key}; by default credentials come from the environment, profile or instance. */
    Optional<String> accessKey();

    /** Set together with {@code access-key}. */
    Optional<String> secretKey();

    /** Whether a completed trial stores its best weights: four bytes per parameter. */
    @WithDefault("true")
    boolean weights();
}
