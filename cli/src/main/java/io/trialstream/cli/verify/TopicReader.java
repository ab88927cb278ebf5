package io.trialstream.cli.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.study.Objective;
import io.trialstream.messaging.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what the topics hold of studies, from their beginning and on at each look. What is not readable is somebody else's
 * dead letter and is passed over. Not thread-safe.
 */
final class TopicReader implements AutoCloseable {
    private static final ObjectMapper JSON = MessageCodec.newMapper();
    private static final Duration WAIT = Duration.ofMillis(200);

    private final MessageCodec codec = new MessageCodec();
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, StudyRecord> studies = new LinkedHashMap<>();
    private final Map<String, Study> trials = new HashMap<>();

    /** A study's trials. */
    private static final class Study {
        private final Map<Integer, ProposedTrial> ledger = new HashMap<>();
        private final Map<Integer, Set<String>> reported = new HashMap<>();
        private final Map<Integer, PublishedOutcome> outcomes = new HashMap<>();
        private final Set<Integer> contradicted = new HashSet<>();

        /** A report of another configuration than the trial's counts for nothing. */
        Set<Integer> reported() {
            return ledger.values().stream()
                    .filter(trial ->
                            reported.getOrDefault(trial.number(), Set.of()).contains(trial.configurationHash()))
                    .map(ProposedTrial::number)
                    .collect(Collectors.toSet());
        }
    }

    /**
     * Reads at this broker.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be reached
     */
    TopicReader(KafkaConnection connection) {
        this.consumer = connection.follower(Map.of("client.id", "trialstream-verify"));
        List<TopicPartition> partitions = new ArrayList<>();
        List.of(Topics.STUDIES, Topics.TRIAL_LEDGER, Topics.TRIAL_REPORTS, Topics.TRIAL_OUTCOMES)
                .forEach(topic -> {
                    for (int partition = 0; partition < topic.partitions(); partition++) {
                        partitions.add(new TopicPartition(topic.name(), partition));
                    }
                });
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads up to where the topics end now. */
    void readOn() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(WAIT).forEach(this::apply);
        }
    }

    /** The ids of the studies that are not deleted, in the order of their creation. */
    List<String> studies() {
        return studies.values().stream()
                .filter(study -> study.state() != StudyState.DELETED)
                .map(StudyRecord::studyId)
                .toList();
    }

    /** What is held of a study; empty if there is no such study. */
    Optional<TopicBooks> books(String studyId) {
        return Optional.ofNullable(studies.get(studyId)).map(record -> {
            Study study = trials.getOrDefault(studyId, new Study());
            return new TopicBooks(
                    record.nextNumber(),
                    record.spec().objective().direction() == Objective.Direction.MAXIMIZE,
                    study.ledger,
                    study.reported(),
                    study.outcomes,
                    study.contradicted);
        });
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            forget(record);
        } else if (record.topic().equals(Topics.STUDIES.name())) {
            read(record, StudyRecord.class).ifPresent(study -> studies.put(study.studyId(), study));
        } else if (record.topic().equals(Topics.TRIAL_LEDGER.name())) {
            read(record, LedgerRecord.class).ifPresent(this::apply);
        } else if (record.topic().equals(Topics.TRIAL_REPORTS.name())) {
            read(record, TrialReport.class).ifPresent(this::apply);
        } else {
            read(record, Outcome.class).ifPresent(this::apply);
        }
    }

    private void apply(LedgerRecord trial) {
        ProposedTrial.End end = trial.imported().isPresent()
                ? ProposedTrial.End.IMPORTED
                : trial.hasEnded() ? ProposedTrial.End.DECIDED : ProposedTrial.End.NONE;
        study(trial.studyId())
                .ledger
                .put(
                        trial.number(),
                        new ProposedTrial(
                                trial.number(),
                                trial.configurationHash(),
                                CanonicalJson.digest(JSON.valueToTree(trial.configuration())),
                                trial.retrain().isPresent(),
                                end));
    }

    private void apply(TrialReport report) {
        if (report instanceof TrialReport.Finished) {
            study(report.run().studyId())
                    .reported
                    .computeIfAbsent(report.run().number(), number -> new HashSet<>())
                    .add(report.run().configurationHash());
        }
    }

    private void apply(Outcome outcome) {
        Study study = study(outcome.studyId());
        PublishedOutcome published = new PublishedOutcome(
                outcome.number(),
                outcome.state().name(),
                outcome.evidenceNumber(),
                outcome.configurationHash(),
                outcome.objective());
        PublishedOutcome before = study.outcomes.put(outcome.number(), published);
        if (before != null && !before.equals(published)) {
            study.contradicted.add(outcome.number());
        }
    }

    private void forget(ConsumerRecord<String, byte[]> tombstone) {
        String[] key = tombstone.key().split(":");
        if (tombstone.topic().equals(Topics.STUDIES.name())) {
            studies.remove(tombstone.key());
        } else if (key.length == 2 && trials.containsKey(key[0])) {
            int number = Integer.parseInt(key[1]);
            if (tombstone.topic().equals(Topics.TRIAL_LEDGER.name())) {
                trials.get(key[0]).ledger.remove(number);
            } else {
                trials.get(key[0]).outcomes.remove(number);
            }
        }
    }

    private Study study(String studyId) {
        return trials.computeIfAbsent(studyId, id -> new Study());
    }

    private <M extends Message> Optional<M> read(ConsumerRecord<String, byte[]> record, Class<M> type) {
        try {
            return Optional.of(codec.read(record.value(), type));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
