package io.trialstream.results;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialReport.ResumePoint;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Servers.class)
class IngestIT {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    DataSource database;

    private Broker broker;
    private final AStudy study = aStudy();
    private final ATrial first = aTrial(study, 0);
    private final ATrial second = aTrial(study, 1);

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @BeforeEach
    void connect() {
        broker = new Broker(bootstrapServers);
    }

    @AfterEach
    void disconnect() {
        broker.close();
    }

    @Test
    void shouldShowATrialFromProposalToOutcome() {
        // When
        broker.publish(
                study.running(),
                first.proposed(),
                first.started("a"),
                first.epoch("a", 1, 0.5),
                first.epoch("a", 2, 0.75),
                first.epoch("a", 3, 0.7),
                first.completed("a", 0.75));

        // Then
        JsonPath trial = awaitState(first, "COMPLETED");
        assertThat(trial.getDouble("objective")).isEqualTo(0.75);
        assertThat(trial.getInt("bestEpoch")).isEqualTo(2);
        assertThat(trial.getInt("epochs")).isEqualTo(3);
        assertThat(trial.getInt("evidenceNumber")).isEqualTo(1);
        assertThat(trial.getString("origin")).isEqualTo("STARTUP");
        assertThat(trial.getString("trainerId")).isEqualTo("trainer-1");
        assertThat(trial.getDouble("trainingSeconds")).isEqualTo(5.0);
        assertThat(trial.getMap("configuration")).containsEntry("lr", 0.25f).containsEntry("optimizer", null);
        assertThat(trial.getDouble("best.objective")).isEqualTo(0.75);
        assertThat(trial.getList("runs.state")).containsExactly("FINISHED");
        assertThat(trial.getList("runs.stands")).containsExactly(true);
        await().untilAsserted(() -> {
            JsonPath curve = get("/api/v1/trials/" + first.id() + "/curve");
            assertThat(curve.getList("epochs.epoch")).containsExactly(1, 2, 3);
            assertThat(curve.getList("epochs.metrics.objective")).containsExactly(0.5f, 0.75f, 0.7f);
        });
        JsonPath shown = get("/api/v1/studies/" + study.name());
        assertThat(shown.getString("studyId")).isEqualTo(study.studyId());
        assertThat(shown.getInt("trials.completed")).isEqualTo(1);
        assertThat(shown.getInt("trials.running")).isZero();
        assertThat(shown.getInt("best.number")).isZero();
        assertThat(shown.getString("objective.direction")).isEqualTo("maximize");
        assertThat(shown.getInt("budget.trials")).isEqualTo(20);
        assertThat(shown.getString("spec.training.workload")).isEqualTo("sleep");
    }

    @Test
    void shouldPublishEachOutcomeOnceWithGapFreeEvidenceNumbers() {
        // Given
        ATrial third = aTrial(study, 2);
        ATrial fourth = aTrial(study, 3);
        ATrial fifth = aTrial(study, 4);
        ATrial sixth = aTrial(study, 5);

        // When
        broker.publish(
                study.running(),
                first.proposed(),
                second.proposed(),
                third.proposed(),
                fourth.proposed(),
                fifth.proposed(),
                sixth.proposed());
        broker.publish(sixth.proposed().cancelled(new Reason("STUDY_STOPPED", "before any run began")));
        broker.publish(fifth.proposed().failed(new Reason("RUNS_LOST", "three runs were lost")));
        broker.publish(
                second.completed("a", 0.5),
                first.ended("a", TrialState.INFEASIBLE),
                third.ended("a", TrialState.CANCELLED),
                fourth.ended("a", TrialState.PRUNED));

        // Then
        await().until(() -> broker.outcomes(study.studyId()).size() >= 6);
        List<Outcome> outcomes = broker.outcomes(study.studyId());
        assertThat(outcomes).hasSize(6);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.evidenceNumber().isPresent())
                .extracting(Outcome::number, Outcome::state, outcome -> outcome.evidenceNumber()
                        .get())
                .containsExactly(
                        tuple(1, TrialState.COMPLETED, 1L),
                        tuple(0, TrialState.INFEASIBLE, 2L),
                        tuple(3, TrialState.PRUNED, 3L));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.evidenceNumber().isEmpty())
                .extracting(Outcome::state)
                .containsExactlyInAnyOrder(TrialState.CANCELLED, TrialState.CANCELLED, TrialState.FAILED);
        await().until(() -> unpublished(study.studyId()) == 0);
    }

    @Test
    void shouldLetTheFirstFinalReportStandAndCountLaterOnes() {
        // When
        broker.publish(
                study.running(),
                first.proposed(),
                first.started("a"),
                first.started("b"),
                first.completed("b", 0.5),
                first.completed("a", 0.9),
                first.completed("b", 0.5),
                second.proposed(),
                second.completed("a", 0.1));

        // Then
        awaitState(second, "COMPLETED");
        JsonPath trial = get("/api/v1/trials/" + first.id());
        assertThat(trial.getDouble("objective")).isEqualTo(0.5);
        assertThat(trial.getInt("duplicateReports")).isEqualTo(2);
        assertThat(trial.getList("runs.stands", Boolean.class)).containsExactlyInAnyOrder(true, false);
        await().until(() -> broker.outcomes(study.studyId()).size() >= 2);
        assertThat(broker.outcomes(study.studyId()))
                .extracting(outcome -> outcome.evidenceNumber().get())
                .containsExactly(1L, 2L);
    }

    @Test
    void shouldQueueATrialAgainAndResumeItsCurve() {
        // Given
        Run again = first.run("b", 2);
        Reason drained = new Reason("DRAINED", "the trainer was drained");

        // When
        broker.publish(
                study.running(),
                first.proposed(),
                first.started("a"),
                first.epoch("a", 1, 0.1),
                first.epoch("a", 2, 0.2),
                new TrialReport.Interrupted(first.run("a"), 2, drained, Instant.now()));

        // Then
        awaitState(first, "QUEUED");

        // When
        broker.publish(
                first.proposed(2),
                first.started(again, Optional.of(new ResumePoint(first.run("a").runId(), 1))),
                first.epoch(again, 2, 0.3),
                first.epoch(again, 3, 0.4));

        // Then
        JsonPath trial = awaitState(first, "RUNNING");
        assertThat(trial.getList("runs.state")).containsExactly("INTERRUPTED", "RUNNING");
        assertThat(trial.getInt("runs[1].resumedFrom.epoch")).isEqualTo(1);
        await().untilAsserted(() -> {
            assertThat(get("/api/v1/trials/" + first.id() + "/curve").getList("epochs.metrics.objective"))
                    .containsExactly(0.1f, 0.3f, 0.4f);
            assertThat(get("/api/v1/trials/" + first.id()).getInt("epochs")).isEqualTo(3);
        });
        assertThat(get("/api/v1/studies/" + study.studyId()).getInt("trials.running"))
                .isEqualTo(1);
    }

    @Test
    void shouldPutAsideWhatCannotBeReadOnEveryTopicAndGoOn() throws Exception {
        // When
        for (var topic : List.of(Topics.STUDIES, Topics.TRIAL_LEDGER, Topics.TRIAL_REPORTS, Topics.TRIAL_EPOCHS)) {
            broker.publishRaw(topic, study.studyId(), "poison-" + topic.name() + study.studyId(), "no JSON".getBytes());
        }
        broker.publish(study.running(), first.proposed(), first.started("a"), first.completed("a", 0.5));

        // Then
        awaitState(first, "COMPLETED");
        for (var topic : List.of(Topics.STUDIES, Topics.TRIAL_LEDGER, Topics.TRIAL_REPORTS, Topics.TRIAL_EPOCHS)) {
            await().untilAsserted(() -> assertThat(broker.deadLetters("poison-" + topic.name() + study.studyId()))
                    .extracting(DeadLetter::code, DeadLetter::topic)
                    .containsExactly(tuple("NOT_JSON", topic.name())));
        }
    }

    @Test
    void shouldPutAsideWhatNoColumnTakesAndGoOn() {
        // Given
        TrialReport.Started unstorable = new TrialReport.Started(
                first.run("nul"), "engine", "device\u0000", 1, 3, Optional.empty(), Optional.empty(), Instant.now());

        // When
        broker.publish(
                study.running(),
                first.proposed(),
                second.proposed(),
                second.started("a"),
                unstorable,
                second.completed("a", 0.5));

        // Then
        awaitState(second, "COMPLETED");
        assertThat(broker.deadLetters(first.id())).extracting(DeadLetter::code).containsExactly("NOT_STORABLE");
        assertThat(broker.deadLetters(first.id()).get(0).reason()).contains("invalid byte sequence");
        assertThat(get("/api/v1/trials/" + first.id()).getString("state")).isEqualTo("QUEUED");
    }

    @Test
    void shouldPutAsideAChangeThatNoColumnTakesAndKeepTheRun() {
        // Given
        broker.publish(study.running(), first.proposed(), first.started("a"));
        awaitState(first, "RUNNING");
        TrialReport.Errored unstorable =
                new TrialReport.Errored(first.run("a"), 1, new Reason("WORKLOAD_FAILED", "nul \u0000"), Instant.now());

        // When
        broker.publish(unstorable);
        // In one batch with the final report the run's reason would be replaced before it is written.
        await().untilAsserted(() -> assertThat(broker.deadLetters(first.id()))
                .extracting(DeadLetter::code)
                .containsExactly("NOT_STORABLE"));
        broker.publish(first.completed("a", 0.5));

        // Then
        awaitState(first, "COMPLETED");
        assertThat(broker.deadLetters(first.id())).hasSize(1);
    }

    /** Its study would wait for its outcome for ever. */
    @Test
    void shouldEndATrialAsFailedWhoseFinalReportNoColumnTakes() {
        // Given
        TrialReport.Finished unstorable = new TrialReport.Finished(
                first.run("a"),
                TrialState.INFEASIBLE,
                Optional.empty(),
                1,
                0,
                Map.of(),
                Map.of(),
                Duration.ofSeconds(1),
                Optional.of(new Reason("NON_FINITE_LOSS", "nul \u0000")),
                Optional.empty(),
                Instant.now());

        // When
        broker.publish(study.running(), first.proposed(), first.started("a"), unstorable);

        // Then
        awaitState(first, "FAILED");
        assertThat(get("/api/v1/trials/" + first.id()).getString("reason.code")).isEqualTo("NOT_STORABLE");
        assertThat(broker.deadLetters(first.id())).extracting(DeadLetter::code).containsExactly("NOT_STORABLE");
        await().untilAsserted(() -> assertThat(broker.outcomes(study.studyId()))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.state()).isEqualTo(TrialState.FAILED);
                    assertThat(outcome.reason()).map(Reason::code).contains("NOT_STORABLE");
                    assertThat(outcome.evidenceNumber()).isEmpty();
                }));
    }

    @Test
    void shouldEndATrialAsFailedWhoseConfigurationNoColumnTakes() {
        // Given
        LedgerRecord proposed = first.proposed();
        LedgerRecord unstorable = LedgerRecord.proposed(
                proposed.trialId(),
                new LedgerRecord.Point(
                        Map.of("optimizer", "nul \u0000"), proposed.assignment(), proposed.configurationHash()),
                proposed.origin(),
                new LedgerRecord.Basis(0, List.of(), proposed.sampler()),
                proposed.proposedAt());

        // When
        broker.publish(study.running(), unstorable, second.proposed(), second.completed("a", 0.5));

        // Then
        awaitState(first, "FAILED");
        awaitState(second, "COMPLETED");
        assertThat(get("/api/v1/trials/" + first.id()).getString("reason.code")).isEqualTo("NOT_STORABLE");
        await().untilAsserted(() -> assertThat(broker.outcomes(study.studyId()))
                .extracting(Outcome::state)
                .containsExactlyInAnyOrder(TrialState.FAILED, TrialState.COMPLETED));
    }

    @Test
    void shouldPutAsideReportsOfUnknownTrialsAndOfOtherConfigurations() {
        // Given
        ATrial unknown = aTrial(study, 99);
        Run other = new Run(study.studyId(), 0, 1, "run-other-" + study.studyId(), "trainer-1", "another-hash");

        // When
        broker.publish(study.running(), first.proposed());
        broker.publish(
                unknown.completed("a", 0.5),
                first.started(other, Optional.empty()),
                first.epoch(other, 1, 0.5),
                first.completed("a", 0.5));

        // Then
        awaitState(first, "COMPLETED");
        assertThat(broker.deadLetters(unknown.id()))
                .extracting(DeadLetter::code)
                .containsExactly("UNKNOWN_TRIAL");
        await().untilAsserted(() -> assertThat(broker.deadLetters(first.id()))
                .extracting(DeadLetter::code)
                .containsExactly("CONFIGURATION_MISMATCH", "CONFIGURATION_MISMATCH"));
    }

    @Test
    void shouldReadStudyAndLedgerBeforeAReportIsGivenUp() {
        // When the report is on its topic before what it speaks of can have been read
        IntStream.range(0, 20).forEach(number -> {
            AStudy fresh = aStudy();
            ATrial trial = aTrial(fresh, 0);
            broker.publish(fresh.running(), trial.proposed(), trial.completed("a", 0.5));

            // Then
            awaitState(trial, "COMPLETED");
            assertThat(broker.deadLetters(trial.id())).isEmpty();
        });
    }

    @Test
    void shouldIgnoreReportsOfADeletedStudy() {
        // When
        broker.publish(study.running(), first.proposed(), first.started("a"));
        awaitState(first, "RUNNING");
        broker.publish(study.record(StudyState.DELETED, 2));
        await().until(() -> when().get("/api/v1/studies/" + study.studyId()).statusCode() == 404);
        AStudy next = aStudy();
        broker.publish(
                next.running(),
                aTrial(next, 0).proposed(),
                first.completed("a", 0.5),
                aTrial(next, 0).completed("a", 0.5));

        // Then
        awaitState(aTrial(next, 0), "COMPLETED");
        assertThat(broker.outcomes(study.studyId())).isEmpty();
        assertThat(broker.deadLetters(first.id())).isEmpty();
        when().get("/api/v1/trials/" + first.id()).then().statusCode(404);
    }

    @Test
    void shouldPublishAgainWhatIsNotKnownToBePublished() throws Exception {
        // Given
        broker.publish(study.running(), first.proposed(), first.completed("a", 0.5));
        await().until(() -> broker.outcomes(study.studyId()).size() == 1 && unpublished(study.studyId()) == 0);

        // When
        update(
                "insert into unpublished_outcome (trial_id) select trial_id from trial where study_id = ?",
                study.studyId());

        // Then
        await().until(() -> unpublished(study.studyId()) == 0);
        assertThat(broker.outcomes(study.studyId())).hasSize(2);
        assertThat(broker.outcomes(study.studyId()).get(1))
                .isEqualTo(broker.outcomes(study.studyId()).get(0));
    }

    @Test
    void shouldRankByDirection() {
        // Given
        AStudy minimizing = study.minimizing();
        broker.publish(minimizing.running());
        double[] objectives = {0.3, 0.1, 0.2, 0.1};
        for (int number = 0; number < objectives.length; number++) {
            broker.publish(
                    aTrial(study, number).proposed(), aTrial(study, number).completed("a", objectives[number]));
        }
        for (int number = 0; number < objectives.length; number++) {
            awaitState(aTrial(study, number), "COMPLETED");
        }

        // When
        JsonPath best = get("/api/v1/studies/" + study.studyId() + "/leaderboard?limit=3");
        JsonPath worst = get("/api/v1/studies/" + study.studyId() + "/leaderboard?limit=2&order=worst");

        // Then
        assertThat(best.getList("items.trial.number")).containsExactly(1, 3, 2);
        assertThat(best.getList("items.rank")).containsExactly(1, 2, 3);
        assertThat(worst.getList("items.trial.number")).containsExactly(0, 2);
        assertThat(worst.getList("items.rank")).containsExactly(4, 3);
        assertThat(get("/api/v1/studies/" + study.studyId()).getInt("best.number"))
                .isEqualTo(1);
    }

    @Test
    void shouldPageThroughTrialsAndStudies() {
        // Given
        broker.publish(study.running());
        broker.publish(IntStream.range(0, 7)
                .mapToObj(number -> aTrial(study, number).proposed())
                .toArray(Message[]::new));
        awaitState(aTrial(study, 6), "QUEUED");
        AStudy other = aStudy();
        broker.publish(other.running());
        await().until(() -> when().get("/api/v1/studies/" + other.studyId()).statusCode() == 200);

        // When
        String path = "/api/v1/studies/" + study.studyId() + "/trials?pageSize=3";
        JsonPath one = get(path);
        JsonPath two = get(path + "&pageToken=" + one.getString("nextPageToken"));
        JsonPath three = get(path + "&pageToken=" + two.getString("nextPageToken"));

        // Then
        assertThat(one.getList("items.number")).containsExactly(0, 1, 2);
        assertThat(two.getList("items.number")).containsExactly(3, 4, 5);
        assertThat(three.getList("items.number")).containsExactly(6);
        assertThat(three.getString("nextPageToken")).isNull();
        assertThat(allStudies()).doesNotHaveDuplicates().contains(study.studyId(), other.studyId());
    }

    @Test
    void shouldCountWhatItPutsAside() {
        // When
        broker.publish(study.running(), first.proposed(), aTrial(study, 98).completed("a", 0.5));

        // Then
        await().until(() -> broker.deadLetters(aTrial(study, 98).id()).size() == 1);
        int management = ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
        await().untilAsserted(() -> assertThat(
                        given().port(management).get("/q/metrics").asString())
                .contains("trialstream_results_dead_letters_total{code=\"UNKNOWN_TRIAL\",topic=\"trial-reports\"}"));
    }

    private List<String> allStudies() {
        List<String> ids = new ArrayList<>();
        JsonPath page = get("/api/v1/studies?pageSize=1");
        ids.addAll(page.getList("items.studyId"));
        while (page.getString("nextPageToken") != null) {
            page = get("/api/v1/studies?pageSize=1&pageToken=" + page.getString("nextPageToken"));
            ids.addAll(page.getList("items.studyId"));
        }
        return ids;
    }

    private JsonPath awaitState(ATrial trial, String state) {
        await().ignoreExceptions()
                .until(() ->
                        get("/api/v1/trials/" + trial.id()).getString("state").equals(state));
        return get("/api/v1/trials/" + trial.id());
    }

    private static JsonPath get(String path) {
        return given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private long unpublished(String studyId) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select count(*) from unpublished_outcome join trial using (trial_id) where study_id = ?")) {
            query.setString(1, studyId);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void update(String statement, String studyId) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(statement)) {
            update.setString(1, studyId);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
