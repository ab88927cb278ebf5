package io.trialstream.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The REST interface at one origin. Studies are named by id or by name.
 *
 * <p>Every method throws {@link ProblemException} when the server refuses, {@link UnreachableException} when nobody
 * answers, {@link UnexpectedAnswerException} when the answer is not understood. Safe for use by several threads.
 */
public final class TrialstreamClient {
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9._\\[\\]:-]+(/[A-Za-z0-9._~/-]*)?");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final Duration EXPORT_LIMIT = Duration.ofHours(1);
    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(5);
    private static final int PAGE_SIZE = 200;
    private static final int BUFFER = 64 << 10;
    private static final int NOT_FOUND = 404;

    private final String origin;
    private final Optional<String> apiKey;
    private final HttpClient http;

    /** A client of {@code origin}, {@code http://127.0.0.1:8080}, that shows no credential. */
    public TrialstreamClient(String origin) {
        this(origin, Optional.empty());
    }

    /**
     * A client of {@code origin} that shows this API key with every request.
     *
     * @throws IllegalArgumentException if the origin is no {@code http} or {@code https} URL
     */
    public TrialstreamClient(String origin, Optional<String> apiKey) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException("'" + origin + "' is not a URL such as http://127.0.0.1:8080");
        }
        this.origin = origin.replaceFirst("/+$", "");
        this.apiKey = apiKey;
        HttpClient.Builder client =
                HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).version(HttpClient.Version.HTTP_1_1);
        if (isThisMachine(this.origin)) {
            // Whatever proxy the user has for the world: it would look for the server on its own machine.
            client.proxy(HttpClient.Builder.NO_PROXY);
        }
        this.http = client.build();
    }

    private static boolean isThisMachine(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && (host.equals("localhost") || host.equals("[::1]") || host.startsWith("127."));
        } catch (IllegalArgumentException noUri) {
            return false;
        }
    }

    /** Answers where the server is. */
    public String origin() {
        return origin;
    }

    /** Creates a study from a study file and answers it; {@code mediaType} says how the file is written. */
    public JsonNode createStudy(String studyFile, String mediaType) {
        // A request that is sent again must not create a second study.
        return send(request("/api/v1/studies")
                .header("Content-Type", mediaType)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(studyFile)));
    }

    /** Has a study file checked as if it were created; answers what it would be, with the warnings. */
    public JsonNode validateStudy(String studyFile, String mediaType) {
        return send(request("/api/v1/studies?dryRun=true")
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(studyFile)));
    }

    /** Answers all studies, the newest first. */
    public List<StudyView> studies() {
        return views(studyDocuments(), StudyView::from);
    }

    /** Answers everything the server says about all studies, as one page. */
    public JsonNode studyDocuments() {
        ObjectNode page = JSON.createObjectNode();
        page.putArray("items").addAll(pages("/api/v1/studies"));
        return page;
    }

    /** Answers one study. */
    public StudyView study(String idOrName) {
        return StudyView.from(get(studyPath(idOrName)));
    }

    /** Answers everything the server says about a study. */
    public JsonNode studyDocument(String idOrName) {
        return get(studyPath(idOrName));
    }

    /** Answers everything the server says about a study; empty where it says that there is none. */
    public Optional<JsonNode> findStudy(String idOrName) {
        try {
            return Optional.of(studyDocument(idOrName));
        } catch (ProblemException e) {
            if (e.problem().status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Goes through all trials of a study as its list has them, in the order of their numbers. */
    public void forEachTrial(String idOrName, Consumer<JsonNode> action) {
        forEachPage(studyPath(idOrName) + "/trials", page -> page.path("items").forEach(action));
    }

    /** Goes through all trials of a study as its export has them. */
    public void forEachExported(String idOrName, Consumer<JsonNode> action) {
        HttpRequest request = request(studyPath(idOrName) + "/trials.ndjson")
                .timeout(EXPORT_LIMIT)
                .setHeader("Accept", "*/*")
                .GET()
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() >= 400) {
                    String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                    throw new ProblemException(problem(answer.statusCode(), text));
                }
                MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(body);
                while (lines.hasNextValue()) {
                    action.accept(lines.nextValue());
                }
            }
        } catch (JsonProcessingException e) {
            throw new UnexpectedAnswerException("the export of " + origin + " is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreachableException(origin, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException(origin, e);
        }
    }

    /** Answers what is gone from the topics, each in one sentence; empty where all is well. */
    public List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        get("/api/v1/gaps").path("items").forEach(gap -> gaps.add(gap.asText()));
        return gaps;
    }

    /** Starts no new trials of a study; answers it as it then is. */
    public JsonNode pause(String idOrName) {
        return command(idOrName, "pause");
    }

    /** Starts trials of a paused study again; answers it as it then is. */
    public JsonNode resume(String idOrName) {
        return command(idOrName, "resume");
    }

    /**
     * Ends a study for good and answers it as it then is.
     *
     * @param now whether its running trials are cancelled at once, and not at the end of their epoch
     */
    public JsonNode stop(String idOrName, boolean now) {
        return command(idOrName, now ? "stop?now=true" : "stop");
    }

    private JsonNode command(String idOrName, String command) {
        return send(request(studyPath(idOrName) + "/" + command).POST(BodyPublishers.noBody()));
    }

    /** Deletes a study for good and answers it. */
    public JsonNode deleteStudy(String idOrName) {
        return send(request(studyPath(idOrName)).DELETE());
    }

    /**
     * Writes what the server has under {@code resource} of a study to {@code out}, and answers its length in bytes.
     *
     * @throws IOException if {@code out} does not take it
     */
    public long export(String idOrName, String resource, OutputStream out) throws IOException {
        return download(studyPath(idOrName) + "/" + resource, out);
    }

    /**
     * Writes a file that a run left to {@code out}, and answers its length in bytes.
     *
     * @param path where the server has it, as the list of the trial's files says
     * @throws IOException if {@code out} does not take it
     */
    public long artifact(String path, OutputStream out) throws IOException {
        return download(path, out);
    }

    /** Answers a run's log, as far as it is stored by now. */
    public String runLog(String trialId, String runId) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            download("/api/v1/trials/" + encoded(trialId) + "/runs/" + encoded(runId) + "/log", text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Answers a finished trial as a result file of the 2017 search. */
    public NamedFile seedFile(String trialId) {
        HttpRequest.Builder request =
                request("/api/v1/trials/" + encoded(trialId) + "/seed.json").GET();
        HttpResponse<byte[]> answer = exchange(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 400) {
            throw new ProblemException(problem(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return NamedFile.of(answer.headers().firstValue("Content-Disposition").orElse(""), answer.body());
    }

    private long download(String path, OutputStream out) throws IOException {
        HttpRequest.Builder request =
                request(path).timeout(EXPORT_LIMIT).setHeader("Accept", "*/*").GET();
        HttpResponse<InputStream> answer = exchange(request, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() >= 400) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                throw new ProblemException(problem(answer.statusCode(), text));
            }
            return transfer(body, out);
        }
    }

    /** Copies, and tells a server that breaks off from a disk that is full. */
    private long transfer(InputStream body, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        while (true) {
            int read;
            try {
                read = body.read(buffer);
            } catch (IOException e) {
                throw new UnreachableException(origin, e);
            }
            if (read < 0) {
                return bytes;
            }
            out.write(buffer, 0, read);
            bytes += read;
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
        return views(leaderboardDocument(idOrName, limit), item -> TrialView.from(item.path("trial")));
    }

    /** Answers everything the server says about the best {@code limit} trials. */
    public JsonNode leaderboardDocument(String idOrName, int limit) {
        return get(studyPath(idOrName) + "/leaderboard?limit=" + limit);
    }

    /** Answers those trials of a study that the query selects, as one page, which may be followed by others. */
    public JsonNode trials(String idOrName, TrialQuery query) {
        ObjectNode all = JSON.createObjectNode();
        ArrayNode items = all.putArray("items");
        Optional<String> token = query.pageToken();
        do {
            int size = Math.min(query.limit() - items.size(), TrialQuery.LARGEST_PAGE);
            JsonNode page = get(studyPath(idOrName) + "/trials?" + query.parameters(size, token));
            page.path("items").forEach(items::add);
            token = Json.text(page, "nextPageToken");
        } while (token.isPresent() && items.size() < query.limit());
        token.ifPresent(next -> all.put("nextPageToken", next));
        return all;
    }

    /** Answers everything the server says about a trial, named {@code studyId:number}. */
    public JsonNode trialDocument(String trialId) {
        return get("/api/v1/trials/" + encoded(trialId));
    }

    /** Answers the blueprint of the network that a trial trains. */
    public JsonNode network(String trialId) {
        return get("/api/v1/trials/" + encoded(trialId) + "/network");
    }

    /** Answers a trial's metrics by epoch. */
    public JsonNode curve(String trialId) {
        return get("/api/v1/trials/" + encoded(trialId) + "/curve");
    }

    /** Answers the files that a trial's runs left. */
    public JsonNode artifacts(String trialId) {
        return get("/api/v1/trials/" + encoded(trialId) + "/artifacts");
    }

    private static <T> List<T> views(JsonNode page, Function<JsonNode, T> view) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(view)
                .toList();
    }

    private List<JsonNode> pages(String path) {
        List<JsonNode> items = new ArrayList<>();
        forEachPage(path, page -> page.path("items").forEach(items::add));
        return items;
    }

    private void forEachPage(String path, Consumer<JsonNode> action) {
        Optional<String> token = Optional.empty();
        do {
            String next = token.map(value -> "&pageToken=" + encoded(value)).orElse("");
            JsonNode page = get(path + "?pageSize=" + PAGE_SIZE + next);
            action.accept(page);
            token = Json.text(page, "nextPageToken");
        } while (token.isPresent());
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
        HttpResponse<String> answer = exchange(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new ProblemException(problem(answer.statusCode(), answer.body()));
        }
        try {
            return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UnexpectedAnswerException("the answer of " + origin + " is not JSON: " + e.getOriginalMessage());
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
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

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
