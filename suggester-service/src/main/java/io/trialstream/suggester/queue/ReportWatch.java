package io.trialstream.suggester.queue;

import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialId;
import io.trialstream.messaging.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Final reports whose outcomes are awaited: one that is not on its topic any more may never have been stored. Asking the
 * broker never blocks: the answer arrives some time later. Confined to the suggester's loop, except the answers.
 */
public final class ReportWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReportWatch.class);

    private final Admin admin;
    private final Map<TrialId, Place> awaited = new HashMap<>();
    private volatile Map<TopicPartition, Long> begins = Map.of();
    private volatile boolean asking;

    /** Where a report is. */
    private record Place(TopicPartition partition, long offset) {}

    /** Watches the reports on this broker. */
    public ReportWatch(KafkaConnection connection) {
        this.admin = connection.admin();
    }

    /** The outcome of a trial is awaited; its final report is at this offset. */
    public void awaits(TrialId trial, TopicPartition partition, long offset) {
        awaited.put(trial, new Place(partition, offset));
    }

    /** The trial's outcome is not awaited any more. */
    public void settled(TrialId trial) {
        awaited.remove(trial);
    }

    /** Trials whose report is not on its topic any more, as far as that is known. */
    public List<TrialId> gone() {
        Map<TopicPartition, Long> known = begins;
        return awaited.entrySet().stream()
                .filter(entry -> entry.getValue().offset()
                        < known.getOrDefault(entry.getValue().partition(), 0L))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Asks the broker where the reports begin, if any is awaited and no question is unanswered. */
    public void ask() {
        if (asking || awaited.isEmpty()) {
            return;
        }
        asking = true;
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        for (int partition = 0; partition < Topics.TRIAL_REPORTS.partitions(); partition++) {
            earliest.put(new TopicPartition(Topics.TRIAL_REPORTS.name(), partition), OffsetSpec.earliest());
        }
        admin.listOffsets(earliest).all().whenComplete((answer, failure) -> {
            if (failure == null) {
                begin(answer);
            } else {
                LOG.debug("cannot find where the reports begin", failure);
            }
            asking = false;
        });
    }

    private void begin(Map<TopicPartition, ListOffsetsResultInfo> answer) {
        begins = answer.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, begin -> begin.getValue().offset()));
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
