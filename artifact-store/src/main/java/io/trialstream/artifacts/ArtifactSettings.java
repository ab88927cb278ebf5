package io.trialstream.artifacts;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Where artifacts are to be kept. */
public sealed interface ArtifactSettings {

    /** The store that these settings describe. */
    ArtifactStore open();

    /**
     * What configuration keys say: a bucket if one is named, else the directory.
     *
     * @param accessKey counts with {@code secretKey} only
     */
    static ArtifactSettings of(
            Path directory,
            Optional<String> bucket,
            String prefix,
            Optional<URI> endpoint,
            String region,
            Optional<String> accessKey,
            Optional<String> secretKey) {
        Optional<Credentials> credentials =
                accessKey.flatMap(key -> secretKey.map(secret -> new Credentials(key, secret)));
        return bucket.<ArtifactSettings>map(name -> new Bucket(name, prefix, endpoint, region, credentials))
                .orElseGet(() -> new Directory(directory));
    }

    /** Files below a directory. */
    record Directory(Path root) implements ArtifactSettings {
        /** Validates. */
        public Directory {
            Objects.requireNonNull(root, "root");
        }

        @Override
        public ArtifactStore open() {
            return new DirectoryArtifactStore(root);
        }
    }

    /**
     * Objects in a bucket that exists.
     *
     * @param bucket its name
     * @param prefix before every key, empty or with a slash at its end
     * @param endpoint of a server other than Amazon's, addressed by path
     * @param region such as {@code eu-central-1}; servers other than Amazon's mostly take any
     * @param credentials where absent, the SDK's default chain is asked (environment, profile, instance)
     */
    record Bucket(
            String bucket, String prefix, Optional<URI> endpoint, String region, Optional<Credentials> credentials)
            implements ArtifactSettings {
        /** Validates. */
        public Bucket {
            Objects.requireNonNull(bucket, "bucket");
            if (!prefix.isEmpty() && !prefix.endsWith("/")) {
                throw new IllegalArgumentException("prefix must end with a slash, got '" + prefix + "'");
            }
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(region, "region");
            Objects.requireNonNull(credentials, "credentials");
        }

        @Override
        public ArtifactStore open() {
            return S3ArtifactStore.open(this);
        }
    }

    /** What a bucket is opened with. Its text form hides the secret. */
    record Credentials(String accessKeyId, String secretAccessKey) {
        @Override
        public String toString() {
            return "Credentials[" + accessKeyId + ", …]";
        }
    }
}
