package io.trialstream.results.read;

import java.util.List;
import java.util.Optional;

/**
 * Trials as a table for charts.
 *
 * @param trials how many trials the study has
 * @param sampling how those shown were chosen, where not all are
 * @param fields the columns: fields of trials, and members of their objects behind a dot
 * @param rows one list a trial, by number, a value for each field: a text, a number, true or false; null for none
 */
public record PlotData(int trials, Optional<Sampling> sampling, List<String> fields, List<List<Object>> rows) {

    /**
     * A choice among too many trials.
     *
     * @param best how many of the best completed trials are shown for certain
     * @param sample how many trials were drawn at random from all
     * @param seed which sample: it is the same as long as the study does not grow
     * @param note the same in words
     */
    public record Sampling(int best, int sample, long seed, String note) {}
}
