package io.trialstream.trainer.run;

import io.trialstream.contracts.Run;
import io.trialstream.trainer.workload.EpochMetrics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * The log of one run: a line for each step with its time, and the stack trace of a failure, for people who cannot read
 * the trainer's own log. Bounded: the middle of a long log is left out. Confined to the training thread.
 */
final class RunLog {
    /** The name of the artifact. */
    static final String NAME = "run.log";

    private static final int MOST_CHARACTERS = 1 << 20;

    private final Clock clock;
    private final StringBuilder text = new StringBuilder();
    private boolean full;

    RunLog(Run run, Clock clock) {
        this.clock = clock;
        say("run " + run.runId() + " of trial " + run.trialId() + ", dispatch " + run.dispatch() + ", on trainer "
                + run.trainerId());
    }

    /** Adds a step; once the log is full, only the end of the run is still added. */
    void say(String what) {
        if (text.length() < MOST_CHARACTERS) {
            append(what);
        } else if (!full) {
            full = true;
            append("further steps are left out: the log is full");
        }
    }

    /** Adds an epoch with its metrics. */
    void epoch(EpochMetrics epoch) {
        StringBuilder metrics = new StringBuilder();
        for (Map.Entry<String, Double> metric : new TreeMap<>(epoch.metrics()).entrySet()) {
            metrics.append(' ').append(metric.getKey()).append('=').append(metric.getValue());
        }
        say("epoch " + epoch.epoch() + " took " + epoch.duration() + metrics);
    }

    /** Adds how the run ended. */
    void ended(RunEnd end) {
        append("ended as " + end.name()
                + end.reason()
                        .map(reason -> ": " + reason.code() + ", " + reason.text())
                        .orElse(""));
    }

    /** Adds the failure of the run, with its stack trace. */
    void failed(Throwable failure) {
        StringWriter stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack, true));
        append("broke off: " + stack.toString().stripTrailing());
    }

    byte[] toBytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(String what) {
        text.append(clock.instant()).append(' ').append(what).append('\n');
    }
}
