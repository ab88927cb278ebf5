package io.trialstream.results;

import static io.restassured.RestAssured.given;
import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trialstream.artifacts.ArtifactId;
import io.trialstream.artifacts.ArtifactSettings;
import io.trialstream.artifacts.ArtifactStore;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What is left of a deleted study: nothing but the mark that it was. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class DeleteIT {
    private static final List<String> ROWS = List.of(
            "select count(*) from trial where study_id = ?",
            "select count(*) from run where study_id = ?",
            "select count(*) from epoch where trial_id like ? || ':%'",
            "select count(*) from improvement where study_id = ?");

    private static final String MARKED =
            "select count(*) from study where study_id = ? and completed > 0 and state = 'DELETED'";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    DataSource database;

    private final AStudy study = aStudy();
    private final AStudy other = aStudy();

    @Test
    void shouldServeTheFilesOfTrialsUntilTheirStudyIsDeleted() throws IOException {
        try (Broker broker = new Broker(bootstrapServers);
                ArtifactStore store = new ArtifactSettings.Directory(Servers.artifacts()).open()) {
            ATrial trial = aTrial(study, 0);
            broker.publish(study.running(), trial.proposed(), trial.completed("a", 0.5));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> broker.outcomes(study.studyId()).size() == 1);
            store.put(
                    new ArtifactId(study.studyId(), 0, "run-a", "blueprint.svg"),
                    out -> out.write("<svg/>".getBytes(StandardCharsets.UTF_8)));
            String path = "/api/v1/trials/" + trial.id() + "/artifacts";

            given().get(path)
                    .then()
                    .statusCode(200)
                    .body(
                            "items.name",
                            contains("blueprint.svg"),
                            "items[0].bytes",
                            is(6),
                            "items[0].path",
                            is(path + "/run-a/blueprint.svg"));
            given().get(path + "/run-a/blueprint.svg")
                    .then()
                    .statusCode(200)
                    .contentType("image/svg+xml")
                    .header("Content-Security-Policy", containsString("default-src 'none'"))
                    .body(is("<svg/>"));
            for (String none : List.of("/run-a/other.svg", "/run-b/blueprint.svg", "/run-a/..%2Fblueprint.svg")) {
                given().urlEncodingEnabled(false).get(path + none).then().statusCode(404);
            }

            // And the log of a run, which the trial lists with its other files
            String run = "/api/v1/trials/" + trial.id() + "/runs/run-a/log";
            given().get(run).then().statusCode(404);
            store.put(
                    new ArtifactId(study.studyId(), 0, "run-a", "run.log"),
                    out -> out.write("epoch 1 took PT1S\n".getBytes(StandardCharsets.UTF_8)));
            given().get(run).then().statusCode(200).contentType("text/plain").body(is("epoch 1 took PT1S\n"));
            given().get("/api/v1/trials/" + trial.id())
                    .then()
                    .statusCode(200)
                    .body("artifacts.name", contains("blueprint.svg", "run.log"));

            broker.publish(study.record(StudyState.DELETED, 2));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> store.list(study.studyId(), 0).isEmpty());
        }
    }

    @Test
    void shouldNotTakeTheFilesForDeletedWhileTheirStoreIsAway() throws IOException {
        Path away = Servers.artifacts().resolveSibling("test-artifacts-away");
        try (Broker broker = new Broker(bootstrapServers);
                ArtifactStore store = new ArtifactSettings.Directory(Servers.artifacts()).open()) {
            // Given two studies with a file each, and an empty directory where the disk should be
            for (AStudy each : List.of(study, other)) {
                broker.publish(
                        each.running(),
                        aTrial(each, 0).proposed(),
                        aTrial(each, 0).completed("a", 0.5));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> broker.outcomes(each.studyId()).size() == 1);
                store.put(new ArtifactId(each.studyId(), 0, "run-a", "a.svg"), out -> out.write(1));
            }
            Files.move(Servers.artifacts(), away);
            Files.createDirectory(Servers.artifacts());

            // When
            broker.publish(study.record(StudyState.DELETED, 2), other.record(StudyState.DELETED, 2));

            // Then the rows go, and both studies stay marked
            for (AStudy each : List.of(study, other)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> count(ROWS.get(0), each) == 0);
            }
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> count(MARKED, study) == 1 && count(MARKED, other) == 1);

            // And once the disk is back the files go too
            Files.delete(Servers.artifacts());
            Files.move(away, Servers.artifacts());
            for (AStudy each : List.of(study, other)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> store.list(each.studyId(), 0).isEmpty() && count(MARKED, each) == 0);
            }
        }
    }

    @Test
    void shouldDeleteRowsAndOutcomesAndIgnoreWhatComesLate() {
        try (Broker broker = new Broker(bootstrapServers)) {
            // Given
            for (AStudy each : List.of(study, other)) {
                broker.publish(each.running());
                for (int number = 0; number < 3; number++) {
                    ATrial trial = aTrial(each, number);
                    broker.publish(
                            trial.proposed(), trial.started("a"), trial.epoch("a", 1, 0.5), trial.completed("a", 0.5));
                }
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> broker.outcomes(other.studyId()).size() == 3);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> broker.outcomes(study.studyId()).size() == 3);

            // When
            broker.publish(study.record(StudyState.DELETED, 2));

            // Then
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(ROWS)
                        .allSatisfy(query -> assertThat(count(query, study)).isZero());
                assertThat(broker.deletedOutcomes(study.studyId()))
                        .containsExactly(
                                aTrial(study, 0).id(),
                                aTrial(study, 1).id(),
                                aTrial(study, 2).id());
            });
            given().get("/api/v1/studies/" + study.studyId()).then().statusCode(404);
            given().get("/api/v1/trials/" + aTrial(study, 0).id()).then().statusCode(404);
            assertThat(count(ROWS.get(0), other)).isEqualTo(3);
            assertThat(broker.deletedOutcomes(other.studyId())).isEmpty();

            // And what comes late changes nothing
            broker.publish(
                    aTrial(study, 3).proposed(),
                    aTrial(study, 3).completed("a", 0.9),
                    aTrial(study, 0).epoch("a", 2, 0.6));
            broker.publish(aTrial(other, 3).proposed(), aTrial(other, 3).completed("a", 0.9));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> broker.outcomes(other.studyId()).size() == 4);
            assertThat(ROWS).allSatisfy(query -> assertThat(count(query, study)).isZero());
            assertThat(broker.deadLetters(aTrial(study, 3).id())).isEmpty();
        }
    }

    private long count(String query, AStudy of) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, of.studyId());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
