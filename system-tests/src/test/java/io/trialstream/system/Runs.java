package io.trialstream.system;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TopicFollower;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the topics hold of a study: every run there was, whatever the database made of it. */
record Runs(List<TrialReport> reports, List<LedgerRecord> ledger, List<Outcome> outcomes) {

    /** Reads the topics to their ends. */
    static Runs of(KafkaConnection connection, String study) {
        return new Runs(
                read(connection, Topics.TRIAL_REPORTS, TrialReport.class).stream()
                        .filter(report -> report.run().studyId().equals(study))
                        .toList(),
                read(connection, Topics.TRIAL_LEDGER, LedgerRecord.class).stream()
                        .filter(record -> record.studyId().equals(study))
                        .toList(),
                read(connection, Topics.TRIAL_OUTCOMES, Outcome.class).stream()
                        .filter(outcome -> outcome.studyId().equals(study))
                        .toList());
    }

    /** Trials of which more than one run was trained to its end. */
    long trainedTwice() {
        return finished()
                .collect(Collectors.groupingBy(report -> report.run().number(), Collectors.counting()))
                .values()
                .stream()
                .filter(count -> count > 1)
                .count();
    }

    /** What happened to the trials that began more than once, for the message of a failed test. */
    String beganTwice() {
        Map<Integer, List<TrialReport>> runs = started().stream()
                .collect(Collectors.groupingBy(report -> report.run().number()));
        return reports.stream()
                .filter(report ->
                        runs.getOrDefault(report.run().number(), List.of()).size() > 1)
                .sorted(Comparator.<TrialReport>comparingInt(
                                report -> report.run().number())
                        .thenComparing(TrialReport::at))
                .map(report -> "%s trial %d run %.4s on %s dispatch %d: %s%s"
                        .formatted(
                                report.at(),
                                report.run().number(),
                                report.run().runId(),
                                report.run().trainerId(),
                                report.run().dispatch(),
                                report.getClass().getSimpleName(),
                                report instanceof TrialReport.Started start
                                        ? " delivery " + start.deliveryCount()
                                        : ""))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    /** Runs that began beyond one for each trial. */
    long runsBeyondOne() {
        return started().size()
                - started().stream()
                        .map(report -> report.run().number())
                        .distinct()
                        .count();
    }

    /** Configurations by number: more than one for a number is what must never be. */
    Map<Integer, Long> configurationsByNumber() {
        return ledger.stream()
                .collect(Collectors.groupingBy(
                        LedgerRecord::number,
                        Collectors.collectingAndThen(
                                Collectors.mapping(LedgerRecord::configurationHash, Collectors.toSet()),
                                hashes -> (long) hashes.size())));
    }

    /** When the first run of the trial began that is not among those of this trainer, by the trainers' clocks. */
    Optional<Instant> startedElsewhere(int number, String trainer) {
        return started().stream()
                .filter(report -> report.run().number() == number)
                .filter(report -> !report.run().trainerId().equals(trainer))
                .map(TrialReport::at)
                .min(Instant::compareTo);
    }

    /** How long each slot was free between the end of one run and the beginning of the next, by the trainers' clocks. */
    List<Duration> idleTimes() {
        Map<String, Deque<Instant>> free = new HashMap<>();
        List<Duration> idle = new ArrayList<>();
        reports.stream().sorted(Comparator.comparing(TrialReport::at)).forEach(report -> {
            Deque<Instant> slots = free.computeIfAbsent(report.run().trainerId(), trainer -> new ArrayDeque<>());
            if (report instanceof TrialReport.Started && !slots.isEmpty()) {
                idle.add(Duration.between(slots.removeFirst(), report.at()));
            } else if (report instanceof TrialReport.Finished) {
                slots.addLast(report.at());
            }
        });
        return idle.stream().sorted().toList();
    }

    /** When a trainer began its first run, by its clock. */
    Optional<Instant> firstStart(String trainer) {
        return started().stream()
                .filter(report -> report.run().trainerId().equals(trainer))
                .map(TrialReport::at)
                .min(Instant::compareTo);
    }

    /** What the trial's interrupted run said. */
    TrialReport.Interrupted interrupted(int number) {
        return reports.stream()
                .filter(TrialReport.Interrupted.class::isInstance)
                .map(TrialReport.Interrupted.class::cast)
                .filter(report -> report.run().number() == number)
                .findFirst()
                .orElseThrow();
    }

    List<TrialReport.Started> started() {
        return reports.stream()
                .filter(TrialReport.Started.class::isInstance)
                .map(TrialReport.Started.class::cast)
                .toList();
    }

    Stream<TrialReport.Finished> finished() {
        return reports.stream().filter(TrialReport.Finished.class::isInstance).map(TrialReport.Finished.class::cast);
    }

    /** All messages of a topic. */
    static <M extends Message> List<M> read(KafkaConnection connection, TopicDefinition topic, Class<M> type) {
        List<M> messages = new ArrayList<>();
        try (EventPublisher publisher = new EventPublisher(connection, "test");
                TopicFollower follower = new TopicFollower(
                        connection, "test", List.of(topic), new DeadLetters(publisher, "test", Clock.systemUTC()))) {
            follower.readToEnd(received -> received.message().map(type::cast).ifPresent(messages::add));
        }
        return messages;
    }
}
