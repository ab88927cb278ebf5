package io.trialstream.cli.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Tells whether a started process serves. */
interface Readiness {
    Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    /** Looks once. */
    boolean isReady();

    /** Ready when it has written this file. */
    static Readiness file(Path file) {
        return () -> Files.exists(file);
    }

    /** Ready when its health endpoint on this management port says so. */
    static Readiness health(int managementPort) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
                .timeout(ANSWER_LIMIT)
                .build();
        return () -> {
            try {
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException notYet) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }
}
