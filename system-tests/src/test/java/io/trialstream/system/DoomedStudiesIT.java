package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Studies that once stopped, lost or misled a system: each is refused at its field, or runs as its author means. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoomedStudiesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String YAML = "application/yaml";

    private final Cluster cluster = Cluster.shared();
    private final Api api = cluster.api();
    private int deadLetters;
    private Child trainer;
    private String healthy;

    @BeforeAll
    void startAHealthyStudy() {
        trainer = cluster.trainer(4);
        trainer.awaitReady();
        deadLetters = letters().size();
        healthy = api.create(Studies.fateful(100_000, 1, Duration.ofMillis(20)));
        Awaitility.await().atMost(PATIENCE).until(() -> api.count(healthy, "completed") > 0);
    }

    /** Whatever was sent beside it, the healthy study has gone on, and no record was put aside. */
    @AfterAll
    void shouldHaveHarmedNobody() {
        int before = api.count(healthy, "completed");
        Awaitility.await().atMost(PATIENCE).until(() -> api.count(healthy, "completed") > before + 20);
        api.command(healthy, "stop");
        api.send("DELETE", "/studies/" + healthy, "application/json", "");
        trainer.terminate();
        assertThat(letters()).hasSize(deadLetters);
    }

    private List<DeadLetter> letters() {
        return Runs.read(cluster.connection(), Topics.DEAD_LETTERS, DeadLetter.class);
    }

    /** A study file of sleeping trials. */
    private static String study(String name, int trials, String space) {
        return study(name, "objective", trials, space);
    }

    private static String study(String name, String metric, int trials, String space) {
        return """
                name: %s
                objective: { metric: %s, direction: maximize }
                sampler: { type: random, seed: 1 }
                budget: { trials: %d }
                training: { workload: sleep, epochs: 1, epochDuration: PT0.01S }
                space: %s
                """
                .formatted(name, metric, trials, space.startsWith("{") ? space : "\n" + space.indent(2));
    }

    private static String nested(int choices) {
        String space = "{ uniform: [0, 1] }";
        for (int i = 0; i < choices; i++) {
            space = "{ choice: [null, { k" + i + ": " + space + " }] }";
        }
        return "{ a: " + space + " }";
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(study("deep", 30, nested(45)), "space", "TOO_DEEP", "at most 96 levels"),
                Arguments.of(
                        study("nul", 30, "{ a: { choice: [\"x\\0y\", z] } }"),
                        "space.a.choice[0]",
                        "UNSTORABLE_TEXT",
                        "U+0000"),
                Arguments.of(
                        study("half", 30, "{ a: { choice: [\"x\\ud83d\", z] } }"),
                        "space.a.choice[0]",
                        "UNSTORABLE_TEXT",
                        "unpaired surrogate"),
                Arguments.of(
                        study("typo", "acuracy", 40, "{ x: { uniform: [0, 1] } }"),
                        "objective.metric",
                        "UNKNOWN_VALUE",
                        "known: loss, objective"),
                Arguments.of(
                        study("foreign", 40, "{ x: { min: 0, max: 1 } }"),
                        "space.x",
                        "FOREIGN_NOTATION",
                        "{ uniform: [0, 1] }"),
                Arguments.of(
                        study("overflow", 9, "{ units: { lognormal: [512, 128] } }"),
                        "space.units.lognormal",
                        "OUT_OF_RANGE",
                        "mu and sigma are of the logarithm"),
                Arguments.of(
                        study("widest", 9, "{ a: { uniform: [-1.7e308, 1.7e308] } }"),
                        "space.a.uniform[0]",
                        "OUT_OF_RANGE",
                        "at most"),
                Arguments.of(
                        study("smallest", 9, "{ a: { loguniform: [-800, 0] } }"),
                        "space.a.loguniform[0]",
                        "OUT_OF_RANGE",
                        "between -708.0 and 709.0"),
                Arguments.of(
                        study("many-candidates", 9, "{ x: { uniform: [0, 1] } }")
                                .replace("type: random", "type: tree-tpe, candidates: 1000000000"),
                        "sampler.candidates",
                        "OUT_OF_RANGE",
                        "100000"),
                Arguments.of(
                        study("grid-uint", 40, "{ a: { uniformint: [9007199254740993, 9007199254741993] } }"),
                        "space.a.uniformint[1]",
                        "OUT_OF_RANGE",
                        "2^53"),
                Arguments.of(
                        study("grid-quniform", 40, "{ a: { quniform: [1.0e16, 1.0e17, 1] } }"),
                        "space.a.quniform[0]",
                        "OUT_OF_RANGE",
                        "2^53"),
                Arguments.of(study("none", 40, "{ x: 3 }"), "space", "NO_PARAMETER", "no parameter"),
                Arguments.of(
                        Studies.cnn(4, 1), "training.workload", "NOT_OFFERED", "no trainer of pool 'default' runs"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldRefuseADoomedStudyAtItsField(String file, String field, String code, String message) {
        for (String path : List.of("/studies", "/studies?dryRun=true")) {
            HttpResponse<String> answer = api.send("POST", path, YAML, file);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
            JsonNode error = Api.json(answer.body()).at("/errors/0");
            assertThat(error.get("field").asText()).isEqualTo(field);
            assertThat(error.get("code").asText()).isEqualTo(code);
            assertThat(error.get("message").asText()).contains(message);
        }
    }

    @Test
    void shouldReadAWholeSpaceThatIsOneExpression() {
        String choice = api.create(
                study("top-choice", 5, "{ choice: [ { type: svm, C: { lognormal: [0, 1] } }, { type: nb } ] }"));
        String uniform = api.create(study("top-uniform", 5, "{ uniform: [-10, 10] }"));
        api.await(choice, "COMPLETED", PATIENCE);
        api.await(uniform, "COMPLETED", PATIENCE);

        assertThat(configurations(choice)).allSatisfy(values -> {
            assertThat(values.get("type").asText()).isIn("svm", "nb");
            assertThat(values.has("C")).isEqualTo(values.get("type").asText().equals("svm"));
        });
        assertThat(configurations(uniform)).hasSize(5).doesNotHaveDuplicates().allSatisfy(values -> assertThat(
                        values.get("x").asDouble())
                .isBetween(-10.0, 10.0));
    }

    @Test
    void shouldResolveAliasesAndMergeKeys() {
        String study =
                api.create(study("alias", 3, "x: &unit { uniform: [0, 1] }\ny: *unit\nz: { <<: *unit, label: z }\n"));
        api.await(study, "COMPLETED", PATIENCE);

        assertThat(configurations(study)).hasSize(3).allSatisfy(values -> assertThat(List.of("x", "y", "z"))
                .allSatisfy(name -> assertThat(values.get(name).isDouble()).isTrue()));
    }

    @Test
    void shouldCompleteTrialsOfNumbersWhoseSquaresOverflow() {
        String study = api.create(study("wide-log", 30, "{ a: { loguniform: [-690, 690] }, b: { uniform: [0, 1] } }"));
        api.await(study, "COMPLETED", PATIENCE);

        Studies.assertWhole(api, study, 30);
    }

    @Test
    void shouldExportTextThatLooksLikeAFormula() {
        String study = api.create(study(
                "formula",
                7,
                "{ c: { choice: [\"=1+1\", \"@SUM(1)\", \"+1\", \"-1\", \"a,b\", \"x\\ny\", \"q\\\"q\"] } }"));
        api.await(study, "COMPLETED", PATIENCE);

        assertThat(configurations(study))
                .extracting(values -> values.get("c").asText())
                .containsExactlyInAnyOrder("=1+1", "@SUM(1)", "+1", "-1", "a,b", "x\ny", "q\"q");
    }

    @Test
    void shouldRunTheDeepestStudyAndKeepItOverARestart() {
        String study = api.create(study("deepest", 30, nested(31)));
        api.await(study, "COMPLETED", PATIENCE);

        cluster.suggester().kill();
        cluster.suggester().start().awaitReady();

        assertThat(api.send("POST", "/studies", YAML, study("deepest", 1, nested(1)))
                        .statusCode())
                .isEqualTo(409);
        assertThat(api.get("/studies/" + study).at("/trials/completed").asInt())
                .isEqualTo(api.trials(study).size());
    }

    /** Names, options and labels of any text and spaces of any depth: what is accepted is stored and read back. */
    @Test
    void shouldStoreAndShowWhateverIsAccepted() {
        Random random = new Random(20);
        Map<String, Map<String, Object>> accepted = new LinkedHashMap<>();
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            Map<String, Object> space = RandomSpaces.space(random);
            HttpResponse<String> answer = api.send(
                    "POST", "/studies", "application/json", Api.text(RandomSpaces.study("random-" + i, space)));
            if (answer.statusCode() == 201) {
                accepted.put(Api.json(answer.body()).get("studyId").asText(), space);
            } else {
                refused++;
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
                assertThat(Api.json(answer.body()).at("/errors/0/code").asText())
                        .isIn("UNSTORABLE_TEXT", "TOO_DEEP");
            }
        }

        assertThat(refused).isBetween(2, 20);
        accepted.forEach((study, space) -> {
            api.await(study, "COMPLETED", PATIENCE);
            assertThat(api.get("/studies/" + study).at("/spec/space")).isEqualTo(Api.json(Api.text(space)));
            assertThat(configurations(study)).hasSize(2).allSatisfy(values -> assertThat(names(values))
                    .containsExactlyInAnyOrderElementsOf(space.keySet()));
        });
    }

    @Test
    void shouldTellWhatIsHardlyMeantAndCreateNothingInADryRun() {
        String file = study("slip", 3, "{ lr: { loguniform: [1e-5, 0.1] } }");

        HttpResponse<String> dry = api.send("POST", "/studies?dryRun=true", YAML, file);
        assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
        assertThat(Api.json(dry.body()).at("/spec/pool").asText()).isEqualTo("default");
        assertThat(Api.json(dry.body()).at("/parameters").asInt()).isEqualTo(1);
        assertThat(api.send("GET", "/studies/slip", YAML, "").statusCode()).isEqualTo(404);
        HttpResponse<String> created = api.send("POST", "/studies", YAML, file);

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        for (HttpResponse<String> answer : List.of(dry, created)) {
            JsonNode warnings = Api.json(answer.body()).get("warnings");
            assertThat(warnings).hasSize(1);
            assertThat(warnings.at("/0/field").asText()).isEqualTo("space.lr.loguniform");
            assertThat(warnings.at("/0/message").asText()).contains("from 1.00001 to 1.10517", "log: [1e-5, 0.1]");
        }
    }

    @Test
    void shouldAnswerEveryCommandInTheFormOfTheStudy() {
        HttpResponse<String> created =
                api.send("POST", "/studies", YAML, study("same-form", 100_000, "{ x: { log: [1e-5, 0.1] } }"));
        String id = Api.json(created.body()).get("studyId").asText();
        List<String> names = names(api.get("/studies/" + id));

        for (String command : List.of("pause", "resume", "stop")) {
            HttpResponse<String> answer = api.send("POST", "/studies/" + id + "/" + command, "application/json", "");
            assertThat(names(Api.json(answer.body()))).as(command).containsAll(names);
        }
        assertThat(created.headers().firstValue("Location")).contains("/api/v1/studies/" + id);
        JsonNode study = Api.json(created.body());
        assertThat(names(study)).containsAll(names);
        assertThat(study.at("/objective/direction").asText()).isEqualTo("maximize");
        assertThat(names(study.get("trials")))
                .containsExactly(
                        "queued",
                        "running",
                        "completed",
                        "pruned",
                        "infeasible",
                        "failed",
                        "cancelled",
                        "imported",
                        "counted");
    }

    @Test
    void shouldRunTheStudiesThatTheReadmesPrint() throws IOException {
        List<String> printed = new ArrayList<>();
        for (String readme : List.of("README.md", "libs/search-space/README.md", "libs/tpe/README.md")) {
            printed.addAll(studiesIn(Path.of(System.getProperty("trialstream.home"), readme)));
        }

        assertThat(printed).isNotEmpty();
        for (String file : printed) {
            api.await(api.create(file), "COMPLETED", PATIENCE);
        }
    }

    /** The blocks of YAML in a document that are study files. */
    private static List<String> studiesIn(Path document) throws IOException {
        Matcher blocks = Pattern.compile("(?s)```ya?ml\\R(.*?)```").matcher(Files.readString(document));
        List<String> studies = new ArrayList<>();
        while (blocks.find()) {
            if (blocks.group(1).contains("space:")) {
                studies.add(blocks.group(1));
            }
        }
        return studies;
    }

    private List<JsonNode> configurations(String study) {
        return api.trials(study).stream()
                .map(trial -> trial.get("configuration"))
                .toList();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.remove("best");
        names.remove("stateReason");
        return names;
    }
}
