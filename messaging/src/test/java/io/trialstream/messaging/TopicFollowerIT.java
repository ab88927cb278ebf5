package io.trialstream.messaging;

import static io.trialstream.messaging.TestTopics.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.UnknownVersionException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TopicFollowerIT {
    private static final Duration SHORT = Duration.ofMillis(500);

    private final MessageCodec codec = new MessageCodec();
    private final EventPublisher publisher = new EventPublisher(TestTopics.connection(), "test-publisher");
    private final List<TopicFollower> followers = new ArrayList<>();

    @AfterEach
    void close() {
        followers.forEach(TopicFollower::close);
        publisher.close();
    }

    @Test
    void shouldReadAllPartitionsFromTheirBeginningInTheOrderOfEachStudy() {
        // Given
        TopicDefinition topic = TestTopics.outcomes(4);
        for (int number = 0; number < 5; number++) {
            for (String study : List.of("a", "b", "c")) {
                publish(topic, study, number);
            }
        }

        // When
        List<Message> read = readToEnd(follow(topic));

        // Then
        assertThat(read).hasSize(15);
        for (String study : List.of("a", "b", "c")) {
            assertThat(read.stream()
                            .map(Outcome.class::cast)
                            .filter(o -> o.studyId().equals(study))
                            .map(Outcome::number))
                    .containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void shouldPutARecordAsideOnceHoweverOftenItIsRead() {
        // Given a record that no reader can use, which one has read
        TopicDefinition topic = TestTopics.outcomes(1);
        write(topic, 0, "a:0", new byte[] {1, 2, 3});
        DeadLetters first = TestTopics.deadLetters(publisher).once(TestTopics.connection());
        readToEnd(follow(topic, first));
        assertThat(lettersOf(topic)).hasSize(1);

        // When it is read again, by the same reader and by its successor
        readToEnd(follow(topic, first));
        readToEnd(follow(topic, TestTopics.deadLetters(publisher).once(TestTopics.connection())));

        // Then
        assertThat(lettersOf(topic)).hasSize(1);
    }

    @Test
    void shouldReachTheEndOfAnEmptyTopicAtOnce() {
        TopicDefinition topic = TestTopics.outcomes(2);

        assertThat(readToEnd(follow(topic))).isEmpty();
    }

    @Test
    void shouldReadCommittedTransactionsOnlyAndReachTheEndPastAbortedOnes() {
        // Given
        TopicDefinition topic = TestTopics.outcomes(1);
        try (KafkaProducer<String, byte[]> producer = transactional()) {
            transaction(producer, topic, 0, true);
            transaction(producer, topic, 1, false);
            transaction(producer, topic, 2, true);
            transaction(producer, topic, 3, false);
            // An abort returns before its marker is on the topic.
            awaitEnd(topic, 8);
        }

        // When
        TopicFollower follower = follow(topic);
        List<Message> read = readToEnd(follower);

        // Then
        assertThat(read).containsExactly(outcome("a", 0), outcome("a", 2));
        // Four records and four markers.
        assertThat(follower.positions()).containsExactly(Map.entry(new TopicPartition(topic.name(), 0), 8L));
    }

    @Test
    void shouldWaitForAnOpenTransactionWithoutReadingPastIt() {
        // Given
        TopicDefinition topic = TestTopics.outcomes(1);
        TopicFollower follower = follow(topic);
        try (KafkaProducer<String, byte[]> producer = transactional()) {
            producer.beginTransaction();
            send(producer, topic, 0);
            producer.flush();
            publish(topic, "a", 1);

            // When
            List<Message> before = readToEnd(follower);
            producer.commitTransaction();

            // Then
            assertThat(before).isEmpty();
            // A commit returns before its markers are on the topic, so the end may move a little later.
            List<Message> after = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                after.addAll(readToEnd(follower));
                return after.size() >= 2;
            });
            assertThat(after).containsExactly(outcome("a", 0), outcome("a", 1));
        }
    }

    @Test
    void shouldHandOverTombstones() {
        TopicDefinition topic = TestTopics.outcomes(4);
        publish(topic, "a", 0);
        publisher.delete(topic, "a", "a:0").join();
        List<Received> read = new ArrayList<>();

        follow(topic).readToEnd(read::add);

        assertThat(read).extracting(Received::isTombstone).containsExactly(false, true);
        assertThat(read.get(1).record().key()).isEqualTo("a:0");
        assertThat(read.get(1).record().partition())
                .isEqualTo(read.get(0).record().partition());
    }

    @Test
    void shouldSkipWhatATopicHoldsNowAndReadWhatComesLater() {
        // Given
        TopicDefinition skipped = TestTopics.outcomes(2);
        TopicDefinition other = TestTopics.outcomes(1);
        publish(skipped, "a", 0);
        publish(other, "a", 7);
        TopicFollower follower = follow(skipped, other);

        // When
        follower.seekToEnd(skipped);
        publish(skipped, "a", 1);

        // Then
        assertThat(readToEnd(follower)).containsExactlyInAnyOrder(outcome("a", 1), outcome("a", 7));
    }

    @Test
    void shouldReadOneOfItsTopicsToTheEnd() {
        TopicDefinition one = TestTopics.outcomes(1);
        TopicDefinition other = TestTopics.outcomes(1);
        publish(one, "a", 0);
        TopicFollower follower = follow(one, other);
        List<Message> read = new ArrayList<>();

        follower.readToEnd(List.of(one), received -> received.message().ifPresent(read::add));

        assertThat(read).containsExactly(outcome("a", 0));
    }

    @Test
    void shouldGoBack() {
        TopicDefinition topic = TestTopics.outcomes(1);
        publish(topic, "a", 0);
        publish(topic, "a", 1);
        TopicFollower follower = follow(topic);
        readToEnd(follower);

        follower.seek(new TopicPartition(topic.name(), 0), 1);

        assertThat(readToEnd(follower)).containsExactly(outcome("a", 1));
    }

    @Test
    void shouldReadARecordAgainThatItsHandlerFailedOn() {
        // Given
        TopicDefinition topic = TestTopics.outcomes(1);
        for (int number = 0; number < 3; number++) {
            publish(topic, "a", number);
        }
        TopicFollower follower = follow(topic);
        List<Message> read = new ArrayList<>();

        // When
        assertThatThrownBy(() -> follower.readToEnd(received -> {
                    if (received.record().offset() == 1) {
                        throw new IllegalStateException("the database is away");
                    }
                    received.message().ifPresent(read::add);
                }))
                .hasMessage("the database is away");
        read.addAll(readToEnd(follower));

        // Then
        assertThat(read).containsExactly(outcome("a", 0), outcome("a", 1), outcome("a", 2));
    }

    @Test
    void shouldPutMalformedRecordsAsideAndGoOn() throws Exception {
        // Given
        TopicDefinition topic = TestTopics.outcomes(2);
        byte[] noJson = "{\"schemaVersion\":".getBytes(StandardCharsets.UTF_8);
        byte[] noField = "{\"schemaVersion\":1,\"studyId\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        write(topic, 1, "a:0", noJson);
        write(topic, 1, null, noField);
        write(topic, 1, "a:2", codec.write(outcome("a", 2)));

        // When
        List<Message> read = readToEnd(follow(topic));

        // Then
        assertThat(read).containsExactly(outcome("a", 2));
        List<DeadLetter> letters = lettersOf(topic);
        assertThat(letters)
                .extracting(DeadLetter::key)
                .containsExactly(topic.name() + "/1/0/test-reader", topic.name() + "/1/1/test-reader");
        assertThat(letters).extracting(DeadLetter::code).containsExactly("NOT_JSON", "MISSING_FIELD");
        assertThat(letters.get(0).recordKey()).contains("a:0");
        assertThat(letters.get(1).recordKey()).isEmpty();
        assertThat(letters.get(0).reason()).startsWith("not JSON: ");
        assertThat(letters.get(1).reason()).isEqualTo("missing field 'number'");
        assertThat(letters.get(0).payload()).isEqualTo(noJson);
        assertThat(letters.get(0).payloadSha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(noJson)));
        assertThat(letters.get(0).at()).isEqualTo(TestTopics.NOW);
    }

    @Test
    void shouldCutTheDeadLetterOfALongRecord() {
        TopicDefinition topic = TestTopics.outcomes(1);
        write(topic, 0, "a:0", new byte[900_000]);

        readToEnd(follow(topic));

        assertThat(lettersOf(topic)).singleElement().satisfies(letter -> {
            assertThat(letter.payload()).hasSize(DeadLetter.MAX_PAYLOAD_BYTES);
            assertThat(letter.payloadBytes()).isEqualTo(900_000);
        });
    }

    @Test
    void shouldNeverGoPastARecordOfANewerRelease() {
        // Given
        TopicDefinition topic = TestTopics.outcomes(1);
        publish(topic, "a", 0);
        write(
                topic,
                0,
                "a:1",
                new String(codec.write(outcome("a", 1)), StandardCharsets.UTF_8)
                        .replace("\"schemaVersion\":1", "\"schemaVersion\":2")
                        .getBytes(StandardCharsets.UTF_8));
        TopicFollower follower = follow(topic);

        // When
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> readToEnd(follower))
                    .isInstanceOf(UnknownVersionException.class)
                    .hasMessageContaining("Outcome has schemaVersion 2");
        }

        // Then
        assertThat(follower.positions()).containsExactly(Map.entry(new TopicPartition(topic.name(), 0), 0L));
        assertThat(lettersOf(topic)).isEmpty();
    }

    @Test
    void shouldWakeUpFromAnotherThread() throws Exception {
        TopicFollower follower = follow(TestTopics.outcomes(1));
        CompletableFuture<Void> polling = CompletableFuture.runAsync(() -> follower.poll(Duration.ofSeconds(60)));

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            follower.wakeup();
            return polling.isDone();
        });

        assertThatThrownBy(() -> polling.get(1, TimeUnit.SECONDS)).hasCauseInstanceOf(WakeupException.class);
    }

    @Test
    void shouldReturnWithoutRecordsWhenNothingArrives() {
        TopicFollower follower = follow(TestTopics.outcomes(1));

        assertThat(follower.poll(SHORT, received -> {})).isZero();
    }

    private TopicFollower follow(TopicDefinition topic, DeadLetters letters) {
        TopicFollower follower = new TopicFollower(TestTopics.connection(), "test-follower", List.of(topic), letters);
        followers.add(follower);
        return follower;
    }

    private TopicFollower follow(TopicDefinition... topics) {
        TopicFollower follower = new TopicFollower(
                TestTopics.connection(), "test-follower", List.of(topics), TestTopics.deadLetters(publisher));
        followers.add(follower);
        return follower;
    }

    private static List<Message> readToEnd(TopicFollower follower) {
        List<Message> read = new ArrayList<>();
        follower.readToEnd(received -> received.message().ifPresent(read::add));
        return read;
    }

    /** The dead letters are shared with the other tests. */
    private List<DeadLetter> lettersOf(TopicDefinition topic) {
        Collection<Message> all = readToEnd(follow(Topics.DEAD_LETTERS));
        return all.stream()
                .map(DeadLetter.class::cast)
                .filter(letter -> letter.topic().equals(topic.name()))
                .toList();
    }

    private void awaitEnd(TopicDefinition topic, long end) {
        TopicFollower follower = follow(topic);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            follower.seekToEnd(topic);
            return follower.positions().get(new TopicPartition(topic.name(), 0)) == end;
        });
    }

    private void publish(TopicDefinition topic, String studyId, int number) {
        publisher
                .publish(topic, studyId, studyId + ":" + number, outcome(studyId, number))
                .join();
    }

    private static void write(TopicDefinition topic, int partition, String key, byte[] value) {
        try (KafkaProducer<String, byte[]> producer = TestTopics.connection().producer(Map.of())) {
            producer.send(new ProducerRecord<>(topic.name(), partition, key, value))
                    .get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the broker did not take the record", e);
        }
    }

    private static KafkaProducer<String, byte[]> transactional() {
        KafkaProducer<String, byte[]> producer =
                TestTopics.connection().producer(Map.of("transactional.id", "test-" + UUID.randomUUID()));
        producer.initTransactions();
        return producer;
    }

    private void transaction(
            KafkaProducer<String, byte[]> producer, TopicDefinition topic, int number, boolean commit) {
        producer.beginTransaction();
        send(producer, topic, number);
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.flush();
            producer.abortTransaction();
        }
    }

    private void send(KafkaProducer<String, byte[]> producer, TopicDefinition topic, int number) {
        producer.send(new ProducerRecord<>(topic.name(), 0, "a:" + number, codec.write(outcome("a", number))));
    }
}
