package io.trialstream.suggester.state;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import java.util.Optional;

/**
 * Its end is known, its outcome is not here yet: no deadline any more.
 *
 * @param reportedAt the tick at which its final report was read; empty where it was imported, or the suggester ended it
 */
record Settling(TrialFacts facts, Optional<Long> reportedAt) implements OpenTrial {

    @Override
    public Phase phase() {
        return Phase.SETTLING;
    }

    @Override
    public Settling with(TrialFacts newer) {
        return new Settling(newer, reportedAt);
    }

    @Override
    public boolean isSettlingSince(long tick) {
        return reportedAt.filter(reported -> reported >= tick).isPresent();
    }

    /** If no outcome has come for a while, none will; but an imported or ended trial's comes from its ledger record. */
    @Override
    public OpenTrial on(TrialEvent.ReportGone event) {
        boolean needsReport = !ledger().hasEnded() && !isImported();
        boolean overdue = reportedAt
                .filter(reported -> event.tick() - reported > event.deadlines().lost())
                .isPresent();
        Reason lost = Reason.of(ReasonCode.REPORT_LOST, "its final report is gone and was not recorded");
        return needsReport && overdue ? new BrokenOff(facts.with(facts.runs(), lost)) : this;
    }
}
