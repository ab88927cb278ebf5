package io.trialstream.trainer.exec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes epochs of the values that are found in what an unaware program prints and writes. An epoch is over when its
 * line is complete and has the objective, when the next epoch begins, or when the program ends. Of a trial that has one
 * epoch at most, the last values count. Confined to one thread.
 */
final class EpochCollector {
    private static final int MAX_METRICS = 100;

    private final String objective;
    private final boolean single;
    private final Consumer<Map<String, Double>> taker;
    private final Map<String, Double> values = new LinkedHashMap<>();
    private String number = "";
    private String taken = "none";

    /**
     * @param objective without which there is no epoch
     * @param single whether the trial has one epoch at most
     * @param taker gets the metrics of each epoch
     */
    EpochCollector(String objective, boolean single, Consumer<Map<String, Double>> taker) {
        this.objective = objective;
        this.single = single;
        this.taker = taker;
    }

    /** The program is in the epoch that it numbers so, however it counts. */
    void inEpoch(String newNumber) {
        if (!number.equals(newNumber) && !single) {
            complete();
            values.clear();
        }
        number = newNumber;
    }

    /** A value was found. */
    void value(String name, double value) {
        if (values.size() < MAX_METRICS || values.containsKey(name)) {
            values.put(name, value);
        }
    }

    /** All values of a step have been found: it is an epoch if the objective is among them. */
    void stepEnds() {
        if (!single && values.containsKey(objective)) {
            complete();
        }
    }

    /** The program has ended. */
    void finish() {
        complete();
    }

    /** Whether the program numbers its epochs. */
    boolean isNumbered() {
        return !number.isEmpty();
    }

    private void complete() {
        boolean again = !number.isEmpty() && number.equals(taken);
        if (values.containsKey(objective) && !again) {
            taker.accept(Map.copyOf(values));
            taken = number;
        }
        values.clear();
    }
}
