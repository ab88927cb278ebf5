package io.trialstream.results;

import static io.restassured.RestAssured.given;
import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.testing.AStudy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Trials that come with their results. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class ImportedIT {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void shouldMakeImportedTrialsEvidenceInTheOrderOfTheirNumbers() {
        AStudy study = aStudy();
        LedgerRecord first = aTrial(study, 0).imported(TrialState.COMPLETED, Optional.of(0.6));
        LedgerRecord infeasible = aTrial(study, 1).imported(TrialState.INFEASIBLE, Optional.empty());
        LedgerRecord best = aTrial(study, 2).imported(TrialState.COMPLETED, Optional.of(0.6761));
        try (Broker broker = new Broker(bootstrapServers)) {
            // When, the last one twice and with its history
            broker.publish(study.running(), first, infeasible, best, best);
            broker.publish(epoch(best, 1, 0.5), epoch(best, 2, 0.6761), epoch(best, 2, 0.6761));

            // Then they are outcomes for the suggester
            await().untilAsserted(() -> assertThat(broker.outcomes(study.studyId()))
                    .extracting(
                            Outcome::number, outcome -> outcome.evidenceNumber().orElse(0L), Outcome::state)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(0, 1L, TrialState.COMPLETED),
                            org.assertj.core.groups.Tuple.tuple(1, 2L, TrialState.INFEASIBLE),
                            org.assertj.core.groups.Tuple.tuple(2, 3L, TrialState.COMPLETED)));
        }

        // Then readers see them like others
        given().get("/api/v1/studies/" + study.studyId() + "/leaderboard")
                .then()
                .body("items.trial.number", contains(2, 0))
                .body("items[0].trial.objective", is(0.6761f), "items[0].trial.origin", is("IMPORTED"));
        given().get("/api/v1/studies/" + study.studyId())
                .then()
                .body("trials.completed", is(2), "trials.imported", is(3), "trials.counted", is(0));
        given().get("/api/v1/trials/" + study.studyId() + ":2")
                .then()
                .body("trainerId", is("import"), "runs[0].device", is("model-2"), "runs[0].stands", is(true));
        await().untilAsserted(() -> given().get("/api/v1/trials/" + study.studyId() + ":2/curve")
                .then()
                .body("epochs.epoch", contains(1, 2), "epochs[1].metrics.objective", is(0.6761f)));
    }

    private static EpochReport epoch(LedgerRecord trial, int epoch, double value) {
        return new EpochReport(
                trial.importedRun().orElseThrow(),
                epoch,
                Map.of("objective", value),
                Duration.ZERO,
                Optional.empty(),
                AT);
    }
}
