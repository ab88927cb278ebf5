package io.trialstream.artifacts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a server that speaks S3, with signed requests. */
class S3ArtifactStoreIT extends ArtifactStoreContract {
    private static final ArtifactSettings.Credentials CREDENTIALS =
            new ArtifactSettings.Credentials("trialstream", "not-a-secret");

    private static Path files;
    private static BlobStoreContext context;
    private static S3Proxy server;
    private static ArtifactStore store;

    @BeforeAll
    static void startServer() throws Exception {
        files = Files.createTempDirectory("s3");
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", files.toString());
        context = ContextBuilder.newBuilder("transient").overrides(properties).build(BlobStoreContext.class);
        BlobStore blobs = context.getBlobStore();
        blobs.createContainerInLocation(null, "artifacts");
        server = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(
                        AuthenticationType.AWS_V2_OR_V4, CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey())
                .build();
        server.start();
        store = bucket("artifacts", CREDENTIALS).open();
    }

    @AfterAll
    static void stopServer() throws Exception {
        store.close();
        server.stop();
        context.close();
        Files.deleteIfExists(files);
    }

    @Override
    ArtifactStore store() {
        return store;
    }

    @Test
    void shouldSayWhichBucketRefused() {
        ArtifactId id = new ArtifactId("study", 9, "run", "a.svg");
        ArtifactSettings.Credentials wrong = new ArtifactSettings.Credentials("trialstream", "wrong");
        try (ArtifactStore refused = bucket("artifacts", wrong).open();
                ArtifactStore absent = bucket("nowhere", CREDENTIALS).open()) {
            assertThatThrownBy(() -> refused.put(id, out -> out.write(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("bucket artifacts");
            assertThatThrownBy(() -> absent.list("study", 9))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("bucket nowhere");
            assertThatThrownBy(() -> absent.establishIdentity())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("bucket nowhere");
        }
    }

    private static ArtifactSettings.Bucket bucket(String name, ArtifactSettings.Credentials credentials) {
        return new ArtifactSettings.Bucket(
                name,
                "trialstream/",
                Optional.of(URI.create("http://127.0.0.1:" + server.getPort())),
                "us-east-1",
                Optional.of(credentials));
    }
}
