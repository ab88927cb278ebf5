package io.trialstream.results.api;

import io.trialstream.contracts.TrialState;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.TrialFilter;
import io.trialstream.results.read.TrialOrder;
import java.util.Set;

/**
 * By what a leaderboard ranks.
 *
 * @param order in which the trials are shown
 * @param metric the metric's name
 * @param direction {@code maximize} or {@code minimize}
 * @param lastRank the rank of the first trial shown where the worst comes first; 0 where ranks count from the first
 */
record Ranking(TrialOrder order, String metric, String direction, int lastRank) {

    static Ranking of(QueryParameters parameters, StudyRow study, boolean bestFirst, TrialFilter filter) {
        String asked = parameters.text("orderBy").map(String::trim).orElse("objective");
        if (asked.equals("objective")) {
            boolean whole = filter.equals(TrialFilter.SEARCH.in(Set.of(TrialState.COMPLETED)));
            return new Ranking(
                    TrialOrder.byLoss(bestFirst),
                    study.objective().metric(),
                    Views.direction(study),
                    bestFirst || !whole ? 0 : study.counts().completed());
        }
        TrialOrder order = TrialListing.order(parameters, study);
        boolean saysWhich = asked.endsWith(" asc") || asked.endsWith(" desc");
        boolean lessIsBetter = saysWhich ? order.ascending() : !study.maximizes();
        if (order.name().equals("objective")) {
            lessIsBetter = asked.endsWith(" asc");
        }
        boolean ascends = order.name().equals("objective") ? order.ascending() == bestFirst : lessIsBetter == bestFirst;
        return new Ranking(order.sorted(ascends), order.name(), lessIsBetter ? "minimize" : "maximize", 0);
    }

    /** The rank of a trial shown, by its place from 0. */
    int rank(int place) {
        return lastRank > 0 ? lastRank - place : place + 1;
    }
}
