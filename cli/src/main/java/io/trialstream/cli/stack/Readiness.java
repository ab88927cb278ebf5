package io.trialstream.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells whether a started process serves. */
interface Readiness {
    Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    /** Looks once, and says in a few words what is missing; empty when it serves. */
    Optional<String> missing();

    /** Looks once. */
    default boolean isReady() {
        return missing().isEmpty();
    }

    /** Ready when it has written this file. */
    static Readiness file(Path file) {
        return () -> Files.exists(file) ? Optional.empty() : Optional.of("it is not ready yet");
    }

    /** Ready when its health endpoint on this management port says so. */
    static Readiness health(int managementPort) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(ANSWER_LIMIT)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
                .timeout(ANSWER_LIMIT)
                .build();
        return () -> {
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                return answer.statusCode() == 200 ? Optional.empty() : Optional.of(failedChecks(answer.body()));
            } catch (IOException notYet) {
                return Optional.of("it does not answer");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            }
        };
    }

    private static String failedChecks(String health) {
        List<String> failed = new ArrayList<>();
        try {
            for (JsonNode check : new ObjectMapper().readTree(health).path("checks")) {
                if (!check.path("status").asText().equals("UP")) {
                    failed.add(check.path("name").asText());
                }
            }
        } catch (IOException noHealth) {
            failed.clear();
        }
        return "it is not ready" + (failed.isEmpty() ? "" : ": " + String.join(", ", failed));
    }
}
