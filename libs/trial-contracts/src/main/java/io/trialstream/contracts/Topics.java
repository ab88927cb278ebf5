package io.trialstream.contracts;

import io.trialstream.contracts.TopicDefinition.Cleanup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Every topic, defined once. Services create what is missing and refuse to start on a mismatch. */
public final class Topics {
    private static final Duration LONG = Duration.ofDays(90);
    private static final int STUDY_PARTITIONS = 8;

    /** Studies, keyed by study id. Written by the suggester, read by all. */
    public static final TopicDefinition STUDIES = compacted("studies", 1, StudyRecord.class);

    /** Trials as proposed, keyed by trial id, partitioned by study. Written by the suggester. */
    public static final TopicDefinition TRIAL_LEDGER = compacted("trial-ledger", STUDY_PARTITIONS, LedgerRecord.class);

    /** The suggester's words to runs, keyed by {@link TrialCommand#key()}, partitioned by study. */
    public static final TopicDefinition TRIAL_COMMANDS =
            new TopicDefinition("trial-commands", 4, Cleanup.COMPACT_AND_DELETE, Optional.of(LONG), TrialCommand.class);

    /** What trainers say of runs, keyed by trial id, partitioned by study. */
    public static final TopicDefinition TRIAL_REPORTS =
            deleted("trial-reports", STUDY_PARTITIONS, LONG, TrialReport.class);

    /**
     * Per-epoch metrics, keyed by trial id, partitioned by study. Written by trainers, and by the suggester for trials
     * that were imported with their history.
     */
    public static final TopicDefinition TRIAL_EPOCHS =
            deleted("trial-epochs", STUDY_PARTITIONS, Duration.ofDays(7), EpochReport.class);

    /** Final outcomes with their evidence numbers, keyed by trial id, partitioned by study. Written by results. */
    public static final TopicDefinition TRIAL_OUTCOMES = compacted("trial-outcomes", STUDY_PARTITIONS, Outcome.class);

    /** Heartbeats, keyed by trainer id, and the suggester's ticks. */
    public static final TopicDefinition TRAINERS = deleted("trainers", 1, Duration.ofMinutes(10), TrainerEvent.class);

    /** Records that a reader could not use, keyed by where they were. */
    public static final TopicDefinition DEAD_LETTERS =
            deleted("dead-letters", 1, Duration.ofDays(30), DeadLetter.class);

    private static final List<TopicDefinition> FIXED = List.of(
            STUDIES, TRIAL_LEDGER, TRIAL_COMMANDS, TRIAL_REPORTS, TRIAL_EPOCHS, TRIAL_OUTCOMES, TRAINERS, DEAD_LETTERS);

    private Topics() {}

    /**
     * The queue of a pool of trainers, keyed by trial id. No transaction may ever write to it: control records stall
     * share delivery.
     *
     * <p>It has one partition, which every member of the share group reads. With several, the group's assignor gives
     * each to some of the members only, and a trial waits for those although others are idle: with two members on four
     * partitions, one of them busy, the idle one got 7 of 12 records.
     */
    public static TopicDefinition proposals(String pool) {
        return deleted("trial-proposals." + Require.pool(pool), 1, LONG, Proposal.class);
    }

    /** The share group of a pool's trainers. */
    public static String shareGroup(String pool) {
        return "trainers." + Require.pool(pool);
    }

    /** All topics of an installation with these pools. */
    public static List<TopicDefinition> all(Collection<String> pools) {
        List<TopicDefinition> topics = new ArrayList<>(FIXED);
        pools.forEach(pool -> topics.add(proposals(pool)));
        return List.copyOf(topics);
    }

    /**
     * The partition of a study's records on a topic that is partitioned by study: CRC-32 of the study id's UTF-8 bytes
     * (the polynomial of zip and zlib), unsigned, modulo the number of partitions. The order of a study's records
     * holds.
     */
    public static int partition(TopicDefinition topic, String studyId) {
        CRC32 crc = new CRC32();
        crc.update(studyId.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % topic.partitions());
    }

    private static TopicDefinition compacted(String name, int partitions, Class<? extends Message> message) {
        return new TopicDefinition(name, partitions, Cleanup.COMPACT, Optional.empty(), message);
    }

    private static TopicDefinition deleted(
            String name, int partitions, Duration retention, Class<? extends Message> message) {
        return new TopicDefinition(name, partitions, Cleanup.DELETE, Optional.of(retention), message);
    }
}
