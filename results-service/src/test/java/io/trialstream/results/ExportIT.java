package io.trialstream.results;

import static io.restassured.RestAssured.given;
import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Studies as files. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class ExportIT {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final AStudy study = aStudy();

    @Test
    void shouldExportTablesAndLines() throws IOException {
        trials(0.25, 0.75);

        List<String> table = given().get(path("/trials.csv"))
                .then()
                .statusCode(200)
                .header("Content-Disposition", "attachment; filename=\"" + study.name() + ".csv\"")
                .extract()
                .asString()
                .lines()
                .toList();
        assertThat(table).hasSize(3);
        assertThat(table.get(0))
                .startsWith("trialId,studyId,number,state,")
                .contains(",configuration.lr,configuration.optimizer,best.coarse_accuracy,");
        assertThat(table.get(1)).startsWith(study.studyId() + ":0," + study.studyId() + ",0,COMPLETED,");
        Response lines = given().get(path("/trials.ndjson"));
        assertThat(lines.contentType()).startsWith("application/x-ndjson");
        List<JsonNode> trials = new ArrayList<>();
        for (String line : lines.asString().split("\n")) {
            trials.add(new ObjectMapper().readTree(line));
        }
        assertThat(trials).extracting(trial -> trial.path("number").asInt()).containsExactly(0, 1);
        assertThat(trials.get(0).has("history")).isFalse();
        JsonNode withCurve = new ObjectMapper()
                .readTree(given().get(path("/trials.ndjson?history=true"))
                        .asString()
                        .split("\n")[0]);
        assertThat(withCurve.path("history"))
                .extracting(epoch -> epoch.path("epoch").asInt())
                .containsExactly(1, 2);
        assertThat(withCurve
                        .path("history")
                        .path(1)
                        .path("metrics")
                        .path("fine_accuracy")
                        .asDouble())
                .isEqualTo(0.25);
        given().get(path("/trials.ndjson?history=maybe")).then().statusCode(400);
        assertThat(trials.get(1).path("best").path("fine_accuracy").asDouble()).isEqualTo(0.75);
    }

    @Test
    void shouldExportTheSeedsFiles() throws IOException {
        trials(0.61, 0.59, 0.6);

        List<String> names = new ArrayList<>();
        JsonNode last = null;
        byte[] archive =
                given().get(path("/seed.zip")).then().statusCode(200).extract().asByteArray();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                last = new ObjectMapper().readTree(zip.readAllBytes());
            }
        }

        assertThat(names)
                .hasSize(3)
                .isSorted()
                .allMatch(name -> name.matches("model_0\\.\\d{6}_[0-9a-f]{5}\\.txt\\.json"));
        assertThat(last.path("fine_best_accuracy").asDouble()).isEqualTo(0.61);
        assertThat(last.path("loss").asDouble()).isEqualTo(-0.61);
        Response single = given().get("/api/v1/trials/" + aTrial(study, 0).id() + "/seed.json");
        assertThat(single.header("Content-Disposition")).contains(names.get(2));
        JsonNode file = new ObjectMapper().readTree(single.asString());
        assertThat(file).isEqualTo(last);
        assertThat(file.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "loss",
                        "real_loss",
                        "fine_best_accuracy",
                        "fine_best_loss",
                        "fine_end_accuracy",
                        "fine_end_loss",
                        "coarse_best_accuracy",
                        "coarse_best_loss",
                        "coarse_end_accuracy",
                        "coarse_end_loss",
                        "model_name",
                        "protocol",
                        "trial_id",
                        "space",
                        "history",
                        "status");
        assertThat(file.path("history").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "loss",
                        "val_loss",
                        "fine_outputs_acc",
                        "val_fine_outputs_acc",
                        "fine_outputs_loss",
                        "val_fine_outputs_loss",
                        "coarse_outputs_acc",
                        "val_coarse_outputs_acc",
                        "coarse_outputs_loss",
                        "val_coarse_outputs_loss");
        assertThat(file.path("history").path("val_fine_outputs_acc"))
                .extracting(JsonNode::asDouble)
                .containsExactly(0.305, 0.61);
        assertThat(file.path("history").path("loss"))
                .extracting(JsonNode::asDouble)
                .containsExactly(3.0, 2.0);
        assertThat(file.path("space").path("lr").asDouble()).isEqualTo(0.25);
    }

    @Test
    void shouldSayThatATrialHasNoSuchForm() {
        try (Broker broker = new Broker(bootstrapServers)) {
            ATrial trial = aTrial(study, 0);
            broker.publish(study.running(), trial.proposed(), trial.completed("a", 0.5));
        }
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> given().get(path("")).jsonPath().getInt("trials.completed") == 1);

        given().get("/api/v1/trials/" + aTrial(study, 0).id() + "/seed.json")
                .then()
                .statusCode(409);
        given().get(path("/seed.zip")).then().statusCode(409).contentType("application/problem+json");
        given().get("/api/v1/studies/nobody/trials.csv").then().statusCode(404);
        given().head(path("/trials.csv")).then().statusCode(200);
    }

    /** Completed trials of two epochs each, the second with this accuracy and the first with half of it. */
    private void trials(double... accuracies) {
        try (Broker broker = new Broker(bootstrapServers)) {
            broker.publish(study.running());
            for (int number = 0; number < accuracies.length; number++) {
                ATrial trial = aTrial(study, number);
                broker.publish(trial.proposed(), trial.started("a"));
                for (int epoch = 1; epoch <= 2; epoch++) {
                    broker.publish(new EpochReport(
                            trial.run("a"),
                            epoch,
                            metrics(accuracies[number] * epoch / 2, 4 - epoch),
                            Duration.ofSeconds(1),
                            Optional.empty(),
                            AT));
                }
                broker.publish(new TrialReport.Finished(
                        trial.run("a"),
                        TrialState.COMPLETED,
                        Optional.of(accuracies[number]),
                        2,
                        2,
                        metrics(accuracies[number], 2),
                        metrics(accuracies[number], 2),
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        Optional.empty(),
                        AT));
            }
        }
        String last = "/api/v1/trials/" + aTrial(study, accuracies.length - 1).id();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> given().get(last + "/curve")
                                        .jsonPath()
                                        .getList("epochs")
                                        .size()
                                == 2
                        && given().get(last).jsonPath().getString("state").equals("COMPLETED"));
    }

    private String path(String rest) {
        return "/api/v1/studies/" + study.studyId() + rest;
    }

    private static Map<String, Double> metrics(double accuracy, double loss) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String prefix : List.of("", "train_")) {
            metrics.put(prefix + "fine_accuracy", accuracy);
            metrics.put(prefix + "coarse_accuracy", accuracy);
            metrics.put(prefix + "fine_loss", loss);
            metrics.put(prefix + "coarse_loss", loss);
            metrics.put(prefix + "loss", loss);
        }
        return metrics;
    }
}
