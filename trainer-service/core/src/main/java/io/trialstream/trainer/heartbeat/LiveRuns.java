package io.trialstream.trainer.heartbeat;

import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.contracts.TrialId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Which trials are being trained anywhere, from the heartbeats on {@code trainers}.
 *
 * <p>Silence is measured in this trainer's own heartbeats as they come back from the topic, not on a clock: each lets
 * at most one and a half intervals pass. So time stands still while the broker is away or this process is frozen, and
 * a burst of delayed heartbeats does not make others look dead. Clients reconnect to a broker one after the other, so a
 * trainer whose last heartbeat came before an outage is given longer. Thread-safe: one thread applies, all may ask.
 */
public final class LiveRuns {
    /** A trainer that has been silent for this many intervals is presumed dead. */
    public static final int SILENT_INTERVALS = 3;

    private static final int FORGOTTEN_INTERVALS = 100;
    private static final int ENDED_REMEMBERED = 20_000;

    private final String ownTrainerId;
    private final long intervalNanos;
    private final long silentNanos;
    private final long returnNanos;
    private final LongSupplier nanoTime;

    private final Map<String, LastHeartbeat> trainers = new HashMap<>();
    private final Map<TrialId, Integer> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TrialId, Integer> eldest) {
            return size() > ENDED_REMEMBERED;
        }
    };
    private long topicNanos;
    private long lastOwnNanos;
    private boolean hasOwnHeartbeat;
    /** When the last outage began, as far as heartbeats tell. */
    private long outageTopicNanos = -1;

    /**
     * Knows of no run yet.
     *
     * @param ownTrainerId whose heartbeats are the clock
     * @param interval the pool's heartbeat interval
     * @param returnGrace how long a trainer may be silent after an outage before it is presumed dead, if that is more
     *     than {@link #SILENT_INTERVALS}
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public LiveRuns(String ownTrainerId, Duration interval, Duration returnGrace, LongSupplier nanoTime) {
        this.ownTrainerId = ownTrainerId;
        this.intervalNanos = interval.toNanos();
        this.silentNanos = SILENT_INTERVALS * intervalNanos;
        this.returnNanos = Math.max(returnGrace.toNanos(), silentNanos);
        this.nanoTime = nanoTime;
    }

    /** Applies the next heartbeat of its trainer. */
    public synchronized void apply(Heartbeat heartbeat) {
        if (heartbeat.trainerId().equals(ownTrainerId)) {
            advanceTime();
        }
        LastHeartbeat before = trainers.get(heartbeat.trainerId());
        if (before != null) {
            before.heartbeat.runs().stream()
                    .filter(run -> !names(heartbeat, run.runId()))
                    .forEach(run -> end(run.trialId(), run.dispatch()));
        }
        if (heartbeat.state() == State.STOPPED) {
            trainers.remove(heartbeat.trainerId());
        } else {
            trainers.put(heartbeat.trainerId(), new LastHeartbeat(heartbeat, topicNanos));
        }
    }

    /**
     * The run that may be training the trial: named by the last heartbeat of a trainer that is not known to be dead.
     */
    public synchronized Optional<Sighting> sighting(TrialId trial) {
        return sightings(trial).findFirst();
    }

    /** Another run of this trial than the given one. */
    public synchronized Optional<Sighting> otherRun(TrialId trial, String runId) {
        return sightings(trial)
                .filter(sighting -> !sighting.runId().equals(runId))
                .findFirst();
    }

    /** Whether the run's trainer has sent a heartbeat since this one. */
    public synchronized boolean hasHeartbeatSince(Sighting sighting) {
        LastHeartbeat last = trainers.get(sighting.trainerId());
        return last != null && last.heartbeat.sequence() > sighting.sequence();
    }

    /**
     * Whether a run of this or a later dispatch of the trial has ended normally: a heartbeat of its trainer named it,
     * and a later one did not. A run ends normally only after the broker has its report.
     */
    public synchronized boolean hasEnded(TrialId trial, int dispatch) {
        return ended.getOrDefault(trial, 0) >= dispatch;
    }

    /** The same of a run of this trainer, which need not wait for its heartbeat to come back from the topic. */
    public synchronized void recordEnd(Run run) {
        end(run.trialId(), run.dispatch());
    }

    /** How long this trainer's own last heartbeat has been back from the topic; empty before the first. */
    public synchronized Optional<Duration> sinceOwnHeartbeat() {
        return hasOwnHeartbeat ? Optional.of(Duration.ofNanos(nanoTime.getAsLong() - lastOwnNanos)) : Optional.empty();
    }

    private Stream<Sighting> sightings(TrialId trial) {
        return trainers.values().stream()
                .filter(this::mayLive)
                .flatMap(trainer -> trainer.heartbeat.runs().stream()
                        .filter(run -> run.trialId().equals(trial))
                        .map(run -> trainer.sighting(run)))
                .sorted(Comparator.comparingInt(Sighting::dispatch).reversed());
    }

    private boolean mayLive(LastHeartbeat trainer) {
        boolean heardSinceOutage = trainer.atTopicNanos > outageTopicNanos;
        long allowed = heardSinceOutage ? silentNanos : returnNanos;
        return topicNanos - trainer.atTopicNanos < allowed;
    }

    private void advanceTime() {
        long now = nanoTime.getAsLong();
        if (hasOwnHeartbeat) {
            if (now - lastOwnNanos >= silentNanos) {
                outageTopicNanos = topicNanos;
            }
            topicNanos += Math.min(now - lastOwnNanos, intervalNanos + intervalNanos / 2);
        }
        hasOwnHeartbeat = true;
        lastOwnNanos = now;
        trainers.values().removeIf(trainer -> topicNanos - trainer.atTopicNanos > FORGOTTEN_INTERVALS * intervalNanos);
    }

    private void end(TrialId trial, int dispatch) {
        ended.merge(trial, dispatch, Math::max);
    }

    private static boolean names(Heartbeat heartbeat, String runId) {
        return heartbeat.runs().stream().anyMatch(run -> run.runId().equals(runId));
    }

    private record LastHeartbeat(Heartbeat heartbeat, long atTopicNanos) {
        Sighting sighting(RunStatus run) {
            return new Sighting(heartbeat.trainerId(), run.runId(), run.dispatch(), heartbeat.sequence());
        }
    }
}
