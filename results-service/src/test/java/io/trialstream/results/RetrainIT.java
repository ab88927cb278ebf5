package io.trialstream.results;

import static io.restassured.RestAssured.given;
import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A trial that is trained again has its own row, curve and files, and no place among the trials of the search. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class RetrainIT {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void shouldRecordARetrainWithoutCountingOrRankingIt() {
        AStudy study = aStudy();
        ATrial first = aTrial(study, 0);
        ATrial retrain = aTrial(study, 1);
        ATrial second = aTrial(study, 2);
        try (Broker broker = new Broker(bootstrapServers)) {
            // When a trial is trained again, better than before, and the search goes on
            broker.publish(study.running(), first.proposed(), first.started("a"), first.completed("a", 0.5));
            broker.publish(retrain.retrains(first), retrain.started("a"), retrain.epoch("a", 1, 0.9));
            broker.publish(retrain.completed("a", 0.9), second.proposed(), second.completed("a", 0.6));

            // Then its outcome is no evidence
            await().untilAsserted(() -> assertThat(broker.outcomes(study.studyId()))
                    .extracting(Outcome::number, Outcome::state, Outcome::retrain, outcome -> outcome.evidenceNumber()
                            .orElse(0L))
                    .containsExactlyInAnyOrder(
                            tuple(0, TrialState.COMPLETED, false, 1L),
                            tuple(1, TrialState.COMPLETED, true, 0L),
                            tuple(2, TrialState.COMPLETED, false, 2L)));
        }

        // Then readers see it for itself
        String path = "/api/v1/studies/" + study.studyId();
        given().get("/api/v1/trials/" + retrain.id())
                .then()
                .body("origin", is("RETRAIN"), "retrainOf", is(0), "objective", is(0.9f), "state", is("COMPLETED"))
                .body("evidenceNumber", nullValue());
        given().get(path + "/trials?origin=RETRAIN").then().body("items.number", contains(1));
        given().get(path + "/trials?orderBy=objective desc").then().body("items.number", contains(2, 0, 1));
        // Then it is in no sum, ranking or chart
        given().get(path).then().body("trials.completed", is(2), "best.number", is(2), "evidence", is(2));
        given().get(path + "/leaderboard").then().body("items.trial.number", contains(2, 0));
        given().get(path + "/leaderboard?orderBy=best.objective").then().body("items.trial.number", contains(2, 0));
        given().get(path + "/history").then().body("items.number", contains(0, 2));
        given().get(path + "/importance").then().body("trials", is(2));
        given().get(path + "/plot").then().body(not(containsString("RETRAIN")));
        assertThat(given().get(path + "/trials.csv").asString()).contains(retrain.id() + ",", ",RETRAIN,0,");
    }
}
