package io.trialstream.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The REST interface at one origin. Studies are named by id or by name.
 *
 * <p>Every method throws {@link ProblemException} when the server refuses, {@link UnreachableException} when nobody
 * answers, {@link UnexpectedAnswerException} when the answer is not understood. Safe for use by several threads.
 */
public final class TrialstreamClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final Duration EXPORT_LIMIT = Duration.ofHours(1);
    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(5);
    private static final int PAGE_SIZE = 200;

    private final String origin;
    private final Optional<String> apiKey;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** A client of {@code origin}, {@code http://127.0.0.1:8080}, that shows no credential. */
    public TrialstreamClient(String origin) {
        this(origin, Optional.empty());
    }

    /** A client of {@code origin} that shows this API key with every request. */
    public TrialstreamClient(String origin, Optional<String> apiKey) {
        this.origin = origin.replaceFirst("/+$", "");
        this.apiKey = apiKey;
    }

    /** Answers where the server is. */
    public String origin() {
        return origin;
    }

    /** Creates a study from a study file; {@code mediaType} says how that is written. */
    public StudyView createStudy(String studyFile, String mediaType) {
        // A request that is sent again must not create a second study.
        return StudyView.from(send(request("/api/v1/studies")
                .header("Content-Type", mediaType)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(studyFile))));
    }

    /** Answers all studies. */
    public List<StudyView> studies() {
        return pages("/api/v1/studies").stream().map(StudyView::from).toList();
    }

    /** Answers one study. */
    public StudyView study(String idOrName) {
        return StudyView.from(get(studyPath(idOrName)));
    }

    /** Answers everything the server says about a study. */
    public JsonNode studyDocument(String idOrName) {
        return get(studyPath(idOrName));
    }

    /** Tells a study to {@code pause}, {@code resume} or {@code stop} and answers it as it then is. */
    public StudyView command(String idOrName, String command) {
        return StudyView.from(send(request(studyPath(idOrName) + "/" + command).POST(BodyPublishers.noBody())));
    }

    /** Deletes a study for good. */
    public void deleteStudy(String idOrName) {
        send(request(studyPath(idOrName)).DELETE());
    }

    /**
     * Writes what the server has under {@code resource} of a study to a file and answers its length in bytes. The file
     * appears when it is whole.
     */
    public long export(String idOrName, String resource, Path file) {
        HttpRequest request = request(studyPath(idOrName) + "/" + resource)
                .timeout(EXPORT_LIMIT)
                .setHeader("Accept", "*/*")
                .GET()
                .build();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() >= 400) {
                    String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                    throw new ProblemException(problem(answer.statusCode(), text));
                }
                long bytes = Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
                return bytes;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (FileSystemException e) {
            throw new UnexpectedAnswerException("cannot write " + file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UnreachableException(origin, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException(origin, e);
        }
    }

    /** Has configurations tried before the sampler's next ones; answers what the server says of them. */
    public JsonNode enqueue(String idOrName, JsonNode configurations) {
        return send(request(studyPath(idOrName) + "/enqueue")
                .header("Content-Type", "application/json")
                .POST(json(configurations)));
    }

    /**
     * Has a trial trained again for what it leaves; answers the new trial, the earlier one and the epochs.
     *
     * @param number the earlier trial; empty for the best
     * @param epochs how many epochs; empty for the study's
     */
    public JsonNode retrain(String idOrName, Optional<Integer> number, Optional<Integer> epochs) {
        ObjectNode wishes = JSON.createObjectNode();
        number.ifPresent(value -> wishes.put("trial", value));
        epochs.ifPresent(value -> wishes.put("epochs", value));
        return send(request(studyPath(idOrName) + "/retrain")
                .header("Content-Type", "application/json")
                .POST(json(wishes)));
    }

    /** Imports trials with their results from a file of this media type; answers what became of each. */
    public JsonNode importTrials(String idOrName, byte[] file, String mediaType) {
        return send(request(studyPath(idOrName) + "/import")
                .header("Content-Type", mediaType)
                .timeout(IMPORT_LIMIT)
                .POST(BodyPublishers.ofByteArray(file)));
    }

    /** Answers the best {@code limit} trials, best first. */
    public List<TrialView> leaderboard(String idOrName, int limit) {
        List<TrialView> ranked = new ArrayList<>();
        get(studyPath(idOrName) + "/leaderboard?limit=" + limit)
                .path("items")
                .forEach(item -> ranked.add(TrialView.from(item.path("trial"))));
        return ranked;
    }

    /** Answers all trials of a study. */
    public List<TrialView> trials(String idOrName) {
        return pages(studyPath(idOrName) + "/trials").stream()
                .map(TrialView::from)
                .toList();
    }

    /** Answers everything the server says about a trial, named {@code studyId:number}. */
    public JsonNode trialDocument(String trialId) {
        return get("/api/v1/trials/" + encoded(trialId));
    }

    /** Answers a trial's metrics by epoch. */
    public JsonNode curve(String trialId) {
        return get("/api/v1/trials/" + encoded(trialId) + "/curve");
    }

    /** Answers the files that a trial's runs left. */
    public JsonNode artifacts(String trialId) {
        return get("/api/v1/trials/" + encoded(trialId) + "/artifacts").path("items");
    }

    private List<JsonNode> pages(String path) {
        List<JsonNode> items = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            String next = token.map(value -> "&pageToken=" + encoded(value)).orElse("");
            JsonNode page = get(path + "?pageSize=" + PAGE_SIZE + next);
            page.path("items").forEach(items::add);
            token = Json.text(page, "nextPageToken");
        } while (token.isPresent());
        return items;
    }

    private JsonNode get(String path) {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(ANSWER_LIMIT)
                .header("Accept", "application/json, application/problem+json");
        apiKey.ifPresent(key -> request.header("X-API-Key", key));
        return request;
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new ProblemException(problem(answer.statusCode(), answer.body()));
            }
            return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UnexpectedAnswerException("the answer of " + origin + " is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreachableException(origin, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException(origin, e);
        }
    }

    private static Problem problem(int status, String body) {
        try {
            return Problem.from(status, JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return Problem.withoutBody(status);
        }
    }

    private static BodyPublisher json(JsonNode body) {
        return BodyPublishers.ofString(body.toString());
    }

    private static String studyPath(String idOrName) {
        return "/api/v1/studies/" + encoded(idOrName);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
