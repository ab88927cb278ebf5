package io.trialstream.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Artifacts as objects of a bucket, on Amazon's S3 or a server that speaks its protocol. A file is spooled to this
 * machine's temporary directory before it is sent, since its length has to be known.
 */
final class S3ArtifactStore implements ArtifactStore {
    private final S3Client client;
    private final String bucket;
    private final String prefix;

    private S3ArtifactStore(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    static S3ArtifactStore open(ArtifactSettings.Bucket settings) {
        AwsCredentialsProvider credentials = settings.credentials()
                .<AwsCredentialsProvider>map(given -> StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(given.accessKeyId(), given.secretAccessKey())))
                .orElseGet(DefaultCredentialsProvider::create);
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                // Servers other than Amazon's do not all know the newer checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        settings.endpoint()
                .ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
        return new S3ArtifactStore(builder.build(), settings.bucket(), settings.prefix());
    }

    @Override
    public void put(ArtifactId id, Content content) throws IOException {
        Path spooled = Files.createTempFile("artifact", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(spooled)) {
                content.writeTo(out);
            }
            asking(() ->
                    client.putObject(request -> request.bucket(bucket).key(keyOf(id)), RequestBody.fromFile(spooled)));
        } finally {
            Files.deleteIfExists(spooled);
        }
    }

    @Override
    public List<Artifact> list(String studyId, int number) throws IOException {
        List<Artifact> found = new ArrayList<>();
        for (S3Object object : below(trial(studyId, number))) {
            String[] path = object.key().substring(prefix.length()).split("/");
            if (path.length == 4 && ArtifactId.isRunId(path[2]) && ArtifactId.isName(path[3])) {
                found.add(new Artifact(
                        new ArtifactId(studyId, number, path[2], path[3]), object.size(), object.lastModified()));
            }
        }
        found.sort(Comparator.comparing(artifact -> artifact.id().key()));
        return List.copyOf(found);
    }

    @Override
    public Optional<InputStream> open(ArtifactId id) throws IOException {
        return asking(() -> {
            try {
                return Optional.of(
                        client.getObject(request -> request.bucket(bucket).key(keyOf(id))));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void deleteTrial(String studyId, int number) throws IOException {
        deleteBelow(trial(studyId, number));
    }

    @Override
    public void deleteStudy(String studyId) throws IOException {
        ArtifactId.requireStudyId(studyId);
        deleteBelow(studyId + "/");
    }

    /** A bucket that is not there does not answer, so that its name is enough. */
    @Override
    public String identity() throws IOException {
        asking(() -> client.headBucket(request -> request.bucket(bucket)));
        return bucket + "/" + prefix;
    }

    @Override
    public String establishIdentity() throws IOException {
        return identity();
    }

    @Override
    public void close() {
        client.close();
    }

    private String keyOf(ArtifactId id) {
        return prefix + id.key();
    }

    private static String trial(String studyId, int number) {
        ArtifactId.requireStudyId(studyId);
        ArtifactId.requireNumber(number);
        return studyId + "/" + number + "/";
    }

    private List<S3Object> below(String path) throws IOException {
        return asking(() ->
                client
                        .listObjectsV2Paginator(
                                request -> request.bucket(bucket).prefix(prefix + path))
                        .contents()
                        .stream()
                        .toList());
    }

    /** One by one: the request that deletes many is not known to every server. */
    private void deleteBelow(String path) throws IOException {
        for (S3Object object : below(path)) {
            asking(() -> client.deleteObject(request -> request.bucket(bucket).key(object.key())));
        }
    }

    private <T> T asking(Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new IOException("bucket " + bucket + ": " + e.getMessage(), e);
        }
    }
}
