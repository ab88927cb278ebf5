package io.trialstream.results;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The suggester's and the trainers' side of the topics, in a test. */
public final class Broker implements AutoCloseable {
    private final MessageCodec codec = new MessageCodec();
    private final KafkaConnection connection;
    private final EventPublisher publisher;
    private final KafkaProducer<String, byte[]> raw;
    private final List<Outcome> outcomesSoFar = new ArrayList<>();
    private KafkaConsumer<String, byte[]> outcomes;

    public Broker(String bootstrapServers) {
        connection = new KafkaConnection(Map.of("bootstrap.servers", bootstrapServers));
        publisher = new EventPublisher(connection, "test");
        raw = connection.producer(Map.of());
    }

    /** Publishes in this order and waits until the broker has all. */
    public void publish(Message... messages) {
        List.of(messages).stream().map(this::send).toList().forEach(sent -> sent.join());
    }

    private CompletableFuture<Void> send(Message message) {
        if (message instanceof StudyRecord study) {
            return publisher.publish(Topics.STUDIES, study.studyId(), study);
        } else if (message instanceof LedgerRecord trial) {
            return publisher.publish(
                    Topics.TRIAL_LEDGER, trial.studyId(), trial.trialId().toString(), trial);
        } else if (message instanceof TrialReport report) {
            return publisher.publish(
                    Topics.TRIAL_REPORTS,
                    report.run().studyId(),
                    report.run().trialId().toString(),
                    report);
        } else if (message instanceof EpochReport epoch) {
            return publisher.publish(
                    Topics.TRIAL_EPOCHS,
                    epoch.run().studyId(),
                    epoch.run().trialId().toString(),
                    epoch);
        }
        throw new IllegalArgumentException("no topic for " + message);
    }

    /** Publishes a trainer's heartbeat. */
    public void heartbeat(TrainerEvent.Heartbeat heartbeat) {
        publisher.publish(Topics.TRAINERS, heartbeat.trainerId(), heartbeat).join();
    }

    /** The keys whose last record on the topic of outcomes is a tombstone. */
    public List<String> deletedOutcomes(String studyId) {
        Map<String, Boolean> deleted = new LinkedHashMap<>();
        read(Topics.TRIAL_OUTCOMES).stream()
                .filter(record -> record.key().startsWith(studyId + ":"))
                .forEach(record -> deleted.put(record.key(), record.value() == null));
        return deleted.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Publishes bytes on the partition of a study. */
    public void publishRaw(TopicDefinition topic, String studyId, String key, byte[] value) throws Exception {
        raw.send(new ProducerRecord<>(topic.name(), Topics.partition(topic, studyId), key, value))
                .get();
    }

    /** Every outcome of a study so far, in the order of the topic. Asked often, it reads only what is new. */
    public List<Outcome> outcomes(String studyId) {
        if (outcomes == null) {
            outcomes = connection.follower(Map.of());
            outcomes.assign(partitions(Topics.TRIAL_OUTCOMES));
            outcomes.seekToBeginning(outcomes.assignment());
        }
        Map<TopicPartition, Long> ends = outcomes.endOffsets(outcomes.assignment());
        while (ends.entrySet().stream().anyMatch(end -> outcomes.position(end.getKey()) < end.getValue())) {
            outcomes.poll(Duration.ofMillis(100)).forEach(record -> {
                if (record.value() != null) {
                    outcomesSoFar.add(codec.read(record.value(), Outcome.class));
                }
            });
        }
        return outcomesSoFar.stream()
                .filter(outcome -> outcome.studyId().equals(studyId))
                .toList();
    }

    /** Every dead letter so far whose record had this key. */
    public List<DeadLetter> deadLetters(String recordKey) {
        return read(Topics.DEAD_LETTERS).stream()
                .map(record -> codec.read(record.value(), DeadLetter.class))
                .filter(letter -> letter.recordKey().filter(recordKey::equals).isPresent())
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> read(TopicDefinition topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = connection.follower(Map.of())) {
            List<TopicPartition> partitions = partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static List<TopicPartition> partitions(TopicDefinition topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(i -> new TopicPartition(topic.name(), i))
                .toList();
    }

    @Override
    public void close() {
        if (outcomes != null) {
            outcomes.close();
        }
        publisher.close();
        raw.close();
    }
}
