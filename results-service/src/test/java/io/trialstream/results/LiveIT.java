package io.trialstream.results;

import static io.restassured.RestAssured.given;
import static io.trialstream.contracts.testing.AStudy.aStudy;
import static io.trialstream.contracts.testing.ATrial.aTrial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.testing.AStudy;
import io.trialstream.contracts.testing.ATrial;
import io.trialstream.results.EventStream.Event;
import io.trialstream.results.live.LiveFeeds;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Studies as streams of events, over real sockets. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class LiveIT {
    private static final int SLOW_CLIENTS = 1_000;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    LiveFeeds feeds;

    @Inject
    DataSource database;

    private Broker broker;
    private final AStudy study = aStudy();
    private final ATrial trial = aTrial(study, 0);

    @BeforeEach
    void connect() {
        broker = new Broker(bootstrapServers);
        broker.publish(study.running());
        await().atMost(Duration.ofSeconds(60)).until(() -> given().get(path()).statusCode() == 200);
    }

    @AfterEach
    void disconnect() {
        broker.close();
    }

    @Test
    void shouldTellATrialFromProposalToOutcome() throws Exception {
        try (EventStream stream = open(Optional.empty())) {
            // The study as it stands comes first
            Event first = stream.until(event -> true).get(0);
            assertThat(first.name()).isEqualTo("study");
            assertThat(first.data()).contains("\"studyId\":\"" + study.studyId() + "\"");

            broker.publish(trial.proposed());
            List<Event> proposed = stream.until(named("trial-proposed"));
            broker.publish(trial.started("a"));
            List<Event> started = stream.until(named("trial-started"));
            broker.publish(trial.epoch("a", 1, 0.5));
            List<Event> trained = stream.until(named("trial-epoch"));
            broker.publish(trial.completed("a", 0.75));
            List<Event> finished = stream.until(named("trial-finished"));
            List<Event> counted = stream.until(named("study"));

            assertThat(last(trained).data()).contains("\"epoch\":1", "\"metrics\":{");
            assertThat(last(finished).data()).contains("\"state\":\"COMPLETED\"", "\"objective\":0.75");
            assertThat(last(counted).data()).contains("\"completed\":1");
            List<Long> ids = java.util.stream.Stream.of(List.of(first), proposed, started, trained, finished, counted)
                    .flatMap(List::stream)
                    .flatMap(event -> event.id().stream())
                    .toList();
            assertThat(ids).isSorted();
        }
    }

    @Test
    void shouldResumeWithoutAGap() throws Exception {
        long seen;
        try (EventStream stream = open(Optional.empty())) {
            stream.until(named("study"));
            broker.publish(trial.proposed(), aTrial(study, 1).proposed());
            stream.until(event -> event.data().contains("\"queued\":2"));
            broker.publish(trial.started("a"));
            seen = last(stream.until(named("trial-started"))).id().orElseThrow();
        }
        // What happens while nobody listens
        broker.publish(IntStream.range(2, 300)
                .mapToObj(number -> aTrial(study, number).proposed())
                .toArray(Message[]::new));
        broker.publish(trial.completed("a", 0.5), aTrial(study, 1).started("a"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get(path()).jsonPath().getInt("trials.queued") == 298);

        try (EventStream stream = open(Optional.of(seen))) {
            broker.publish(aTrial(study, 1).completed("a", 0.25));
            List<Event> events = stream.until(event -> event.data().contains("\"objective\":0.25"));

            assertThat(numbers(events, "trial-proposed"))
                    .isEqualTo(IntStream.range(2, 300).boxed().collect(Collectors.toCollection(TreeSet::new)));
            assertThat(numbers(events, "trial-finished")).containsExactly(0, 1);
            assertThat(events.stream().flatMap(event -> event.id().stream()).toList())
                    .isSorted();
            // The study's counts after the last change seen may have been missed: they have that change's id.
            assertThat(events.stream().filter(named("study").negate()))
                    .flatMap(event -> event.id().stream().toList())
                    .allMatch(id -> id > seen);
        }
    }

    @Test
    void shouldTellManyEpochsOfAMomentAsOne() throws Exception {
        broker.publish(trial.proposed(), trial.started("a"));
        try (EventStream stream = open(Optional.empty())) {
            stream.until(event -> event.data().contains("\"running\":1"));
            broker.publish(IntStream.rangeClosed(1, 200)
                    .mapToObj(epoch -> trial.epoch("a", epoch, 0.5))
                    .toArray(Message[]::new));

            List<Event> events = stream.until(event -> event.data().contains("\"epoch\":200"));

            assertThat(events.stream().filter(named("trial-epoch")::test).count())
                    .isLessThan(100);
        }
    }

    @Test
    void shouldTellWhatTrainersDo() throws Exception {
        try (EventStream stream = open(Optional.empty())) {
            stream.until(named("study"));
            broker.heartbeat(new TrainerEvent.Heartbeat(
                    "trainer-" + study.studyId(),
                    "default",
                    TrainerEvent.State.READY,
                    1,
                    1,
                    "dl4j 1",
                    "cpu",
                    List.of(new TrainerEvent.RunStatus(study.studyId(), 0, 1, "run", 3))));

            assertThat(last(stream.until(named("trainer"))).data()).contains("\"epoch\":3");
        }
    }

    @Test
    void shouldHaveClientsBeginAnewWhereTheDatabaseWasRestored() throws Exception {
        broker.publish(trial.proposed());
        try (EventStream stream = open(Optional.of(0L))) {
            stream.until(named("trial-proposed"));
            try (Connection connection = database.getConnection();
                    PreparedStatement restore =
                            connection.prepareStatement("update study set change_seq = 0 where study_id = ?")) {
                restore.setString(1, study.studyId());
                restore.executeUpdate();
            }

            stream.until(named("closed"));
        }
    }

    @Test
    void shouldPingInSilenceAndEndWithTheStudy() throws Exception {
        try (EventStream stream = open(Optional.empty())) {
            stream.until(event -> event.comment().equals("ping"));
            broker.publish(study.record(StudyState.DELETED, 2));
            stream.until(event -> event.data().contains("\"state\":\"DELETED\""));
            stream.until(named("closed"));
        }
        given().get(path() + "/events").then().statusCode(404);
    }

    @Test
    void shouldHoldAThousandClientsThatDoNotRead() throws Exception {
        int before = feeds.clients();
        long heapBefore = usedHeap();
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                sockets.add(EventStream.openWithoutReading(port(), study.studyId()));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> feeds.clients() == before + SLOW_CLIENTS);
            int management = ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
            assertThat(given().port(management).get("/q/metrics").asString())
                    .containsPattern("trialstream_results_live_clients\\S* " + (before + SLOW_CLIENTS) + "\\.0");

            // When more happens than their sockets hold, 3 MB
            String longText = "x".repeat(10_000);
            try (EventStream reader = open(Optional.empty())) {
                for (int number = 0; number < 300; number++) {
                    ATrial one = aTrial(study, number);
                    broker.publish(one.proposed(), infeasible(one, longText));
                }
                List<Event> events = reader.until(event -> event.data().contains("\"infeasible\":300"));

                // Then a client that reads gets everything
                assertThat(numbers(events, "trial-finished")).hasSize(300);
            }
            // And the others cost little and are sent away, to come back where they were
            assertThat(usedHeap() - heapBefore).isLessThan(150L << 20);
            await().atMost(Duration.ofSeconds(60)).until(() -> feeds.clients() == before);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        assertThat(given().get(path()).statusCode()).isEqualTo(200);
    }

    private static TrialReport infeasible(ATrial trial, String text) {
        return new TrialReport.Finished(
                trial.run("a"),
                TrialState.INFEASIBLE,
                Optional.empty(),
                0,
                0,
                Map.of(),
                Map.of(),
                Duration.ZERO,
                Optional.of(new Reason("INVALID", text)),
                Optional.empty(),
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    private EventStream open(Optional<Long> lastEventId) throws Exception {
        return EventStream.open(port(), study.studyId(), lastEventId);
    }

    private static int port() {
        return io.restassured.RestAssured.port;
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static java.util.function.Predicate<Event> named(String name) {
        return event -> event.name().equals(name);
    }

    private static Event last(List<Event> events) {
        return events.get(events.size() - 1);
    }

    private static Set<Integer> numbers(List<Event> events, String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(event -> Integer.parseInt(event.data().replaceAll(".*\"number\":(\\d+).*", "$1")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String path() {
        return "/api/v1/studies/" + study.studyId();
    }
}
