package io.trialstream.results;

import static io.restassured.RestAssured.given;
import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Orders by metrics in a study that is large enough to have them kept. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class KeptOrdersIT {
    private static final String COMPLETE = "select count(*) from metric_order where study_id = ? and complete";
    private static final String PLACES =
            "select count(*) from metric_place p join metric_order o using (order_id) where o.study_id = ?";
    private static final String ANY_PLACES =
            """
            select count(*) from metric_place p
            where not exists (select 1 from metric_order o where o.order_id = p.order_id and o.study_id <> ?)""";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    DataSource database;

    private final AStudy study = aStudy();

    @Test
    void shouldKeepAnOrderFromTheFirstTimeThatSomebodyAsksForIt() throws SQLException {
        try (Broker broker = new Broker(bootstrapServers)) {
            // Given twelve trials, of which one has no metrics and one is queued
            List<Message> messages = new ArrayList<>(List.of(study.running()));
            for (int number = 0; number < 12; number++) {
                ATrial trial = aTrial(study, number);
                messages.add(trial.proposed());
                if (number < 10) {
                    messages.add(trial.completed("a", number % 5 / 10.0));
                } else if (number == 10) {
                    messages.add(trial.ended("a", TrialState.INFEASIBLE));
                }
            }
            broker.publish(messages.toArray(Message[]::new));
            awaitTrials("infeasible", 1);
            awaitTrials("completed", 10);
            awaitTrials("queued", 1);
            List<Integer> sorted = numbers("/trials?orderBy=best.loss", "items.number");
            assertThat(sorted).containsExactly(4, 9, 3, 8, 2, 7, 1, 6, 0, 5, 10, 11);
            assertThat(numbers("/leaderboard?orderBy=best.beauty", "items")).isEmpty();

            // When
            await().atMost(Duration.ofSeconds(60)).until(() -> count(COMPLETE) == 1);

            // Then both ways, paged and filtered, it says what sorting says
            assertThat(count(PLACES)).isEqualTo(10);
            assertThat(numbers("/trials?orderBy=best.loss", "items.number")).isEqualTo(sorted);
            assertThat(paged("/trials?pageSize=5&orderBy=best.loss")).isEqualTo(sorted);
            assertThat(paged("/trials?pageSize=4&orderBy=best.loss%20desc"))
                    .containsExactly(5, 0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 11);
            assertThat(numbers("/leaderboard?orderBy=best.loss%20asc&param.lr=1..6.5", "items.trial.number"))
                    .containsExactly(4, 3, 2, 1, 6, 5);

            // And a trial that ends later finds its place
            broker.publish(aTrial(study, 11).completed("a", 0.35));
            awaitTrials("completed", 11);
            assertThat(numbers("/leaderboard?orderBy=best.loss%20asc&limit=4", "items.trial.number"))
                    .containsExactly(4, 9, 11, 3);

            // And nothing is left once the study is deleted
            broker.publish(study.record(StudyState.DELETED, 2));
            await().atMost(Duration.ofSeconds(60)).until(() -> count(COMPLETE) == 0);
            assertThat(count(ANY_PLACES)).isZero();
        }
    }

    private List<Integer> paged(String list) {
        List<Integer> seen = new ArrayList<>();
        String token = "";
        do {
            JsonPath page = get(list + token);
            seen.addAll(page.getList("items.number"));
            token = page.getString("nextPageToken") == null ? null : "&pageToken=" + page.getString("nextPageToken");
        } while (token != null);
        return seen;
    }

    private List<Integer> numbers(String list, String path) {
        return get(list).getList(path);
    }

    private void awaitTrials(String state, int number) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> get("").getInt("trials." + state) == number);
    }

    private JsonPath get(String rest) {
        return given().urlEncodingEnabled(false)
                .get("/api/v1/studies/" + study.studyId() + rest)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private long count(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, study.studyId());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
