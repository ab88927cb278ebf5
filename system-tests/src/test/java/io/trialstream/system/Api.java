package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** The system's REST interface, as a test asks it. */
final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Half a character is told as such; as bytes of UTF-8 it would be a question mark. */
    private static final ObjectWriter ASCII = JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Supplier<String> origin;
    private final Supplier<String> logs;

    /** Asks at this origin; {@code logs} are shown where an answer is not what it should be. */
    Api(Supplier<String> origin, Supplier<String> logs) {
        this.origin = origin;
        this.logs = logs;
    }

    /** Creates a study from its file and answers its id. */
    String create(String file) {
        HttpResponse<String> response = send("POST", "/studies", "application/yaml", file);
        assertThat(response.statusCode())
                .as("%s\n%s", response.body(), logs.get())
                .isEqualTo(201);
        return json(response.body()).get("studyId").asText();
    }

    /** Tells a study to pause, resume or stop. */
    void command(String study, String command) {
        HttpResponse<String> response = send("POST", "/studies/" + study + "/" + command, "application/json", "");
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    }

    JsonNode get(String path) {
        HttpResponse<String> response = send("GET", path, "application/json", "");
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
        return json(response.body());
    }

    HttpResponse<String> send(String method, String path, String contentType, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(origin.get() + "/api/v1" + path))
                    .timeout(Duration.ofSeconds(30))
                    .header("Content-Type", contentType)
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All trials of a study by number. */
    List<JsonNode> trials(String study) {
        List<JsonNode> trials = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    get("/studies/" + study + "/trials?pageSize=100" + (next.isEmpty() ? "" : "&pageToken=" + next));
            page.get("items").forEach(trials::add);
            next = page.path("nextPageToken").asText("");
        } while (!next.isEmpty());
        trials.sort(Comparator.comparingInt(trial -> trial.get("number").asInt()));
        return trials;
    }

    JsonNode trial(String study, int number) {
        return get("/trials/" + study + ":" + number);
    }

    /** How many of a study's trials are in this state. */
    int count(String study, String state) {
        return get("/studies/" + study).at("/trials/" + state).asInt();
    }

    /** Waits until the study has this state. */
    void await(String study, String state, Duration atMost) {
        Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(get("/studies/" + study).get("state").asText())
                                .as(logs::get)
                                .isEqualTo(state));
    }

    static String text(Object tree) {
        try {
            return ASCII.writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
