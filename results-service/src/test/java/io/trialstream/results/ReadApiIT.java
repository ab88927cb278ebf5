package io.trialstream.results;

import static io.restassured.RestAssured.given;
import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What readers can ask of a study and its trials. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class ReadApiIT {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private Broker broker;
    private final AStudy study = aStudy();

    @BeforeEach
    void connect() {
        broker = new Broker(bootstrapServers);
    }

    @AfterEach
    void disconnect() {
        broker.close();
    }

    /** Trials 0 to 9: even ones completed with objectives 0.0, 0.2, ..., 7 pruned, 9 running, the others queued. */
    private void tenTrials() {
        List<Message> messages = new ArrayList<>(List.of(study.running()));
        for (int number = 0; number < 10; number++) {
            ATrial trial = aTrial(study, number);
            messages.add(trial.proposed());
            if (number % 2 == 0) {
                messages.add(trial.started("a"));
                messages.add(trial.completed("a", number / 10.0));
            } else if (number == 7) {
                messages.add(trial.ended("a", TrialState.PRUNED));
            } else if (number == 9) {
                messages.add(trial.started("a"));
            }
        }
        broker.publish(messages.toArray(Message[]::new));
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            JsonPath counts = get(path(""));
            return counts.getInt("trials.completed") == 5
                    && counts.getInt("trials.pruned") == 1
                    && counts.getInt("trials.running") == 1
                    && counts.getInt("trials.queued") == 3;
        });
    }

    @Test
    void shouldFilterOrderAndSelectTrials() {
        tenTrials();

        assertThat(numbers("/trials")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(numbers("/trials?state=queued,running")).containsExactly(1, 3, 5, 9);
        assertThat(numbers("/trials?state=running")).containsExactly(9);
        assertThat(numbers("/trials?orderBy=number%20desc&state=COMPLETED")).containsExactly(8, 6, 4, 2, 0);
        assertThat(numbers("/trials?orderBy=objective%20desc")).containsExactly(8, 6, 4, 2, 0, 1, 3, 5, 7, 9);
        assertThat(numbers("/trials?orderBy=best.loss%20asc&state=completed")).containsExactly(8, 6, 4, 2, 0);
        assertThat(numbers("/trials?orderBy=configuration.lr%20desc&pageSize=3"))
                .containsExactly(9, 8, 7);
        assertThat(numbers("/trials?orderBy=finishedAt"))
                .startsWith(0, 2, 4, 6, 7, 8)
                .endsWith(9);
        assertThat(numbers("/trials?minObjective=0.2&maxObjective=0.6")).containsExactly(2, 4, 6);
        assertThat(numbers("/trials?param.lr=3.25..5.25")).containsExactly(3, 4, 5);
        assertThat(numbers("/trials?param.lr=8..")).containsExactly(8, 9);
        assertThat(numbers("/trials?param.lr=..0.25")).containsExactly(0);
        assertThat(numbers("/trials?param.lr=0.25,9.25")).containsExactly(0, 9);
        assertThat(numbers("/trials?param.optimizer=null&param.lr=..1.5")).containsExactly(0, 1);
        assertThat(numbers("/trials?param.optimizer=Adam")).isEmpty();
        assertThat(numbers("/trials?trainer=nobody")).isEmpty();
        assertThat(numbers("/trials?origin=startup&pageSize=2")).containsExactly(0, 1);
        JsonPath selected = get(path("/trials?fields=number,best.loss,configuration.lr&pageSize=1"));
        assertThat(selected.getMap("items[0]"))
                .containsOnlyKeys("number", "configuration", "best")
                .containsEntry("configuration", Map.of("lr", 0.25f))
                .containsEntry("best", Map.of("loss", 1.0f));
    }

    @ParameterizedTest
    @CsvSource({
        "number%20asc",
        "number%20desc",
        "objective%20desc",
        "objective%20asc",
        "best.loss%20asc",
        "end.objective%20desc",
        "startedAt%20desc",
        "configuration.lr%20desc",
        "epochs%20desc"
    })
    void shouldPageThroughEveryOrderWithoutGapOrRepetition(String order) {
        tenTrials();
        List<Integer> paged = new ArrayList<>();
        String token = "";
        do {
            JsonPath page = get(path("/trials?pageSize=3&orderBy=" + order + token));
            paged.addAll(page.getList("items.number"));
            token = page.getString("nextPageToken") == null ? null : "&pageToken=" + page.getString("nextPageToken");
        } while (token != null);

        assertThat(paged).containsExactlyElementsOf(numbers("/trials?orderBy=" + order));
        assertThat(paged).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void shouldListTheStudiesInSomeStates() {
        tenTrials();

        for (String states : List.of("running", "running,paused")) {
            assertThat(get("/api/v1/studies?pageSize=1000&state=" + states).getList("items.studyId"))
                    .contains(study.studyId());
        }
        assertThat(get("/api/v1/studies?pageSize=1000&state=completed,stopped").getList("items.studyId"))
                .doesNotContain(study.studyId());
    }

    @Test
    void shouldListATrialAsItsDetailShowsIt() {
        tenTrials();

        Map<String, Object> listed = get(path("/trials?pageSize=1")).getMap("items[0]");
        Map<String, Object> detailed =
                get("/api/v1/trials/" + aTrial(study, 0).id()).getMap("");

        detailed.keySet().removeAll(List.of("runs", "artifacts"));
        assertThat(listed).isEqualTo(detailed);
    }

    @Test
    void shouldRankByAnyMetricAndState() {
        tenTrials();

        assertThat(ranked("/leaderboard?limit=2")).containsExactly(8, 6);
        assertThat(ranked("/leaderboard?orderBy=objective&order=worst&limit=2")).containsExactly(0, 2);
        assertThat(ranked("/leaderboard?orderBy=best.loss%20asc&limit=2")).containsExactly(8, 6);
        assertThat(ranked("/leaderboard?orderBy=best.loss%20desc&limit=2")).containsExactly(0, 2);
        assertThat(ranked("/leaderboard?orderBy=end.objective&order=worst&limit=1"))
                .containsExactly(0);
        assertThat(ranked("/leaderboard?param.lr=..5")).containsExactly(4, 2, 0);
        assertThat(ranked("/leaderboard?state=pruned")).isEmpty();
        JsonPath board = get(path("/leaderboard?orderBy=best.loss%20asc&limit=1&fields=number,objective"));
        assertThat(board.getString("metric")).isEqualTo("best.loss");
        assertThat(board.getString("direction")).isEqualTo("minimize");
        assertThat(board.getMap("items[0].trial")).containsOnlyKeys("number", "objective");
        assertThat(board.getInt("items[0].rank")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/trials?state=done, state",
        "/trials?orderBy=beauty, orderBy",
        "/trials?orderBy=number%20up, orderBy",
        "/trials?fields=number|beauty, fields",
        "/trials?minObjective=good, minObjective",
        "/trials?minObjective=NaN, minObjective",
        "/trials?param.beauty=1, param.beauty",
        "/trials?param.lr=2..1, param.lr",
        "/trials?param.lr=a..b, param.lr",
        "/trials?param.=1, param.",
        "/trials?pagesize=1, pagesize",
        "/trials?pageSize=1&pageSize=2, pageSize",
        "/plot?maxPoints=0, maxPoints",
        "/curves?maxCurves=0, maxCurves",
        "/curves?curve=1, curve",
        "/leaderboard?orderBy=best., orderBy",
        "/timeline?pageToken=YWJj, pageToken",
        "/trials?pageToken=YWJj, pageToken",
        "/trials?pageToken=!, pageToken",
        "/events?lastEventId=x, lastEventId",
    })
    void shouldNameTheParameterThatIsWrong(String path, String parameter) {
        broker.publish(study.running());
        await().atMost(Duration.ofSeconds(60)).until(() -> given().get(path("")).statusCode() == 200);

        Response answer = given().urlEncodingEnabled(false).get(path(path.replace('|', ',')));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.jsonPath().getList("errors.field")).containsExactly(parameter);
    }

    @Test
    void shouldRefuseATokenOfAnotherList() {
        tenTrials();
        String token = get(path("/trials?pageSize=1")).getString("nextPageToken");

        given().get(path("/trials?pageSize=1&orderBy=objective&pageToken=" + token))
                .then()
                .statusCode(400);
        given().get(path("/trials?pageSize=1&state=completed&pageToken=" + token))
                .then()
                .statusCode(400);
        given().get(path("/trials?pageSize=9&fields=number&pageToken=" + token))
                .then()
                .statusCode(200);
    }

    @Test
    void shouldTellTheHistoryOfTheBest() {
        broker.publish(study.running());
        double[] objectives = {0.3, 0.1, 0.5, 0.5, 0.7};
        for (int number = 0; number < objectives.length; number++) {
            broker.publish(
                    aTrial(study, number).proposed(), aTrial(study, number).completed("a", objectives[number]));
        }
        awaitEvidence(5);

        JsonPath history = get(path("/history"));
        assertThat(history.getList("items.number")).containsExactly(0, 2, 4);
        assertThat(history.getList("items.objective")).containsExactly(0.3f, 0.5f, 0.7f);
        assertThat(history.getList("items.evidenceNumber")).containsExactly(1, 3, 5);
        assertThat(history.getList("items.trainingSeconds")).containsExactly(5.0f, 15.0f, 25.0f);
        assertThat(history.getInt("evidence")).isEqualTo(5);
    }

    @Test
    void shouldShowAllTrialsOrTheBestAndASample() {
        tenTrials();

        JsonPath all = get(path("/plot"));
        assertThat(all.getList("fields", String.class)).contains("number", "objective", "configuration.lr");
        assertThat(all.getInt("shown")).isEqualTo(10);
        assertThat(all.getMap("sampling")).isNull();
        JsonPath some = get(path("/plot?maxPoints=3"));
        assertThat(some.getInt("trials")).isEqualTo(10);
        assertThat(some.getInt("sampling.best")).isEqualTo(3);
        assertThat(some.getString("sampling.note")).contains("the best 3");
        int number = some.getList("fields").indexOf("number");
        assertThat(some.getList("rows", List.class))
                .extracting(row -> row.get(number))
                .containsExactly(4, 6, 8);
        JsonPath lines = get(path("/parallel-coordinates"));
        assertThat(lines.getList("axes.name")).containsExactly("lr", "optimizer", "objective");
        assertThat(lines.getList("axes.type")).containsExactly("number", "number", "number");
        assertThat(lines.getList("rows")).hasSize(5);
    }

    @Test
    void shouldShowOneMetricOfManyTrialsByEpoch() {
        broker.publish(study.running());
        for (int number = 0; number < 3; number++) {
            ATrial trial = aTrial(study, number);
            broker.publish(trial.proposed(), trial.started("a"));
            for (int epoch = 1; epoch <= 5; epoch++) {
                broker.publish(trial.epoch("a", epoch, number + epoch / 10.0));
            }
            broker.publish(trial.completed("a", number + 0.5));
        }
        awaitEvidence(3);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        get(path("/curves")).getList("curves.epochs.flatten()").size() == 15);

        JsonPath all = get(path("/curves"));
        assertThat(all.getInt("trials")).isEqualTo(3);
        assertThat(all.getList("curves.number")).containsExactly(0, 1, 2);
        assertThat(all.getList("curves[1].epochs")).containsExactly(1, 2, 3, 4, 5);
        assertThat(all.getList("curves[1].values")).containsExactly(1.1f, 1.2f, 1.3f, 1.4f, 1.5f);
        assertThat(all.getList("metrics")).contains(all.getString("metric"));

        JsonPath some = get(path("/curves?maxCurves=1"));
        assertThat(some.getList("curves.number")).containsExactly(2);
        assertThat(some.getString("sampling.note")).contains("the best 1");
        assertThat(get(path("/curves?metric=beauty")).getList("curves.values.flatten()"))
                .containsOnlyNulls();
    }

    @Test
    void shouldTellWhichParameterDecides() {
        broker.publish(study.running());
        await().atMost(Duration.ofSeconds(60)).until(() -> given().get(path("")).statusCode() == 200);
        broker.publish(IntStream.range(0, 60)
                .mapToObj(number -> aTrial(study, number).proposed())
                .toArray(Message[]::new));
        assertThat(get(path("/importance")).getString("reason")).contains("20");
        broker.publish(IntStream.range(0, 60)
                .mapToObj(number -> aTrial(study, number).completed("a", number < 6 ? 1 - number / 100.0 : 0.1))
                .toArray(Message[]::new));
        awaitEvidence(60);

        JsonPath importance = get(path("/importance"));
        assertThat(importance.getString("method")).isEqualTo("PED-ANOVA");
        assertThat(importance.getInt("trials")).isEqualTo(60);
        assertThat(importance.getString("parameters[0].label")).isEqualTo("lr");
        assertThat(importance.getString("parameters[0].path")).isEqualTo("space.lr");
        assertThat(importance.getDouble("parameters[0].share")).isGreaterThan(0.9);
    }

    @Test
    void shouldShowAttemptsOverTime() {
        tenTrials();

        JsonPath timeline = get(path("/timeline?pageSize=4"));
        JsonPath rest = get(path("/timeline?pageSize=4&pageToken=" + timeline.getString("nextPageToken")));

        List<Integer> numbers = new ArrayList<>(timeline.getList("items.number"));
        numbers.addAll(rest.getList("items.number"));
        assertThat(numbers).containsExactlyInAnyOrder(0, 2, 4, 6, 8, 9);
        assertThat(rest.getString("nextPageToken")).isNull();
    }

    @Test
    void shouldSpareAReaderWhatItHas() {
        tenTrials();
        for (String path : List.of("", "/leaderboard", "/trials", "/history", "/plot", "/importance", "/timeline")) {
            Response first = given().get(path(path));
            String tag = first.header("ETag");
            assertThat(tag).as(path).startsWith("W/\"");
            assertThat(first.header("Cache-Control")).contains("no-cache");

            given().header("If-None-Match", "\"other\", " + tag)
                    .get(path(path))
                    .then()
                    .statusCode(304);
        }
        String tag = given().get(path("/leaderboard")).header("ETag");
        broker.publish(aTrial(study, 9).completed("a", 0.95));
        awaitEvidence(7);
        given().header("If-None-Match", tag).get(path("/leaderboard")).then().statusCode(200);
    }

    @Test
    void shouldCompressWhatIsLong() throws IOException {
        tenTrials();

        byte[] body = given().header("Accept-Encoding", "gzip")
                .config(io.restassured.config.RestAssuredConfig.config()
                        .decoderConfig(io.restassured.config.DecoderConfig.decoderConfig()
                                .noContentDecoders()))
                .get(path("/trials"))
                .then()
                .header("Content-Encoding", "gzip")
                .extract()
                .asByteArray();

        String text =
                new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text).startsWith("{\"items\":[");
        assertThat(body.length * 3).isLessThan(text.length());
    }

    @Test
    void shouldShowTrainersAsTheirHeartbeatsDo() {
        String trainer = "trainer-" + study.studyId();
        broker.heartbeat(new TrainerEvent.Heartbeat(
                trainer,
                "default",
                TrainerEvent.State.READY,
                1,
                2,
                "dl4j 1",
                "cpu",
                List.of(new TrainerEvent.RunStatus(study.studyId(), 3, 1, "run", 7))));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonPath trainers = get("/api/v1/trainers?pool=default");
            Map<String, Object> own = trainers.getMap("items.find { it.trainerId == '" + trainer + "' }");
            assertThat(own)
                    .containsEntry("state", "READY")
                    .containsEntry("slots", 2)
                    .containsEntry("device", "cpu");
            assertThat(trainers.getInt("items.find { it.trainerId == '" + trainer + "' }.runs[0].epoch"))
                    .isEqualTo(7);
            assertThat(trainers.getDouble("items.find { it.trainerId == '" + trainer + "' }.heartbeatAgeSeconds"))
                    .isLessThan(30);
        });
        assertThat(get("/api/v1/trainers?pool=nobodys").getList("items")).isEmpty();
    }

    @Test
    void shouldPageThroughDeadLetters() throws Exception {
        for (int i = 0; i < 3; i++) {
            broker.publishRaw(Topics.TRIAL_REPORTS, study.studyId(), "poison-" + i + study.studyId(), "{".getBytes());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> deadLetters(3).size() == 3);
        await().atMost(Duration.ofSeconds(60)).until(() -> deadLetters(3).get(0).equals("poison-2" + study.studyId()));

        JsonPath newest = get("/api/v1/dead-letters?pageSize=1");
        JsonPath next = get("/api/v1/dead-letters?pageSize=1&pageToken=" + newest.getString("nextPageToken"));
        assertThat(next.getString("items[0].recordKey")).isEqualTo("poison-1" + study.studyId());
        assertThat(next.getString("items[0].code")).isEqualTo("NOT_JSON");
        assertThat(next.getString("items[0].preview")).isEqualTo("{");
        JsonPath one = get("/api/v1/dead-letters/" + next.getString("items[0].id"));
        assertThat(one.getString("payload")).isEqualTo("ew==");
        given().get("/api/v1/dead-letters/999999999").then().statusCode(404);
        given().get("/api/v1/dead-letters/x").then().statusCode(404);
    }

    private static List<String> deadLetters(int newest) {
        return get("/api/v1/dead-letters?pageSize=" + newest).getList("items.recordKey");
    }

    private List<Integer> numbers(String path) {
        return get(path(path)).getList("items.number");
    }

    private List<Integer> ranked(String path) {
        return get(path(path)).getList("items.trial.number");
    }

    private void awaitEvidence(int evidence) {
        await().atMost(Duration.ofSeconds(60)).until(() -> get(path("")).getInt("evidence") == evidence);
    }

    private String path(String rest) {
        return "/api/v1/studies/" + study.studyId() + rest;
    }

    private static JsonPath get(String path) {
        return given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
