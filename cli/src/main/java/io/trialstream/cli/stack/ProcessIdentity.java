package io.trialstream.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of this machine, told apart from a later one that the system gave the same pid by the time of its start.
 *
 * @param pid the process id; 0 for none
 * @param startedAtMillis its start as milliseconds since the epoch
 */
public record ProcessIdentity(long pid, long startedAtMillis) {
    /** What was never started, and so does not live. */
    public static final ProcessIdentity NONE = new ProcessIdentity(0, 0);

    /** Linux counts a start in ticks since the boot, whose own time shifts a little when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** Rejects what cannot be a process. */
    public ProcessIdentity {
        if (pid < 0) {
            throw new IllegalArgumentException("pid is not a process id: " + pid);
        }
    }

    /** Answers the identity of a process that has just been seen alive. */
    public static ProcessIdentity of(ProcessHandle process) {
        Instant started = process.info().startInstant().orElseGet(Instant::now);
        return new ProcessIdentity(process.pid(), started.toEpochMilli());
    }

    /** Answers this very process if it still lives. */
    public Optional<ProcessHandle> living() {
        return pid == 0
                ? Optional.empty()
                : ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
    }

    /** Whether this very process still lives. */
    @JsonIgnore
    public boolean isAlive() {
        return living().isPresent();
    }

    private boolean isSame(ProcessHandle process) {
        // Without a start time it cannot be told apart, and what cannot be told apart is not ended.
        return process.info()
                .startInstant()
                .map(started -> Math.abs(started.toEpochMilli() - startedAtMillis) <= TOLERANCE.toMillis())
                .orElse(false);
    }
}
