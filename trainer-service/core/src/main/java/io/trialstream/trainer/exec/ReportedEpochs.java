package io.trialstream.trainer.exec;

import io.trialstream.contracts.ReasonCode;
import io.trialstream.trainer.workload.RunFailedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The epochs that a program has reported and nobody has asked for yet. A program that went on from an older state than
 * the trial has epochs reports some of them again: those are dropped. Confined to one thread.
 */
final class ReportedEpochs {
    private final int most;
    private final int known;
    private final Deque<Map<String, Double>> waiting = new ArrayDeque<>();
    private int reported;
    private Map<String, Double> closing = Map.of();

    /**
     * @param most how many the trial may have
     * @param known how many it has already
     * @param reported after which of them the program goes on
     */
    ReportedEpochs(int most, int known, int reported) {
        this.most = most;
        this.known = known;
        this.reported = reported;
    }

    /**
     * Takes an epoch's metrics.
     *
     * @param number as the program counts; empty for the next one
     * @return its number
     * @throws RunFailedException if it is not the next one
     */
    int add(OptionalInt number, Map<String, Double> metrics) {
        if (number.isPresent() && number.getAsInt() != reported + 1) {
            throw new RunFailedException(
                    ReasonCode.INVALID_REPORT.name(),
                    "the program reported epoch " + number.getAsInt() + " after epoch " + reported
                            + "; epochs are counted from 1, without a gap");
        }
        reported++;
        if (reported > known && reported <= most) {
            waiting.addLast(metrics);
        }
        return reported;
    }

    /** Whether the trial has this epoch already: the program need not wait for an answer. */
    boolean isKnown(int epoch) {
        return epoch <= known;
    }

    /** Whether the trial cannot have this epoch. */
    boolean isTooMany(int epoch) {
        return epoch > most;
    }

    /** The last one reported, 0 before the first. */
    int reported() {
        return reported;
    }

    boolean hasNext() {
        return !waiting.isEmpty();
    }

    Map<String, Double> next() {
        return waiting.removeFirst();
    }

    /** The training is over, and this was measured once. */
    void close(Map<String, Double> metrics) {
        closing = Map.copyOf(metrics);
    }

    Map<String, Double> closing() {
        return closing;
    }
}
