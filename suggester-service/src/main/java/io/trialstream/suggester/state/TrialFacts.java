package io.trialstream.suggester.state;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.space.Configuration;
import java.util.Optional;

/**
 * What is known of an open trial in every phase.
 *
 * @param ledger its newest ledger record
 * @param configuration what it tries
 * @param runs what is remembered of all its runs
 * @param fault why the last run broke off
 */
public record TrialFacts(LedgerRecord ledger, Configuration configuration, RunHistory runs, Optional<Reason> fault) {

    TrialFacts with(LedgerRecord newer) {
        return new TrialFacts(newer, configuration, runs, fault);
    }

    TrialFacts with(RunHistory known) {
        return new TrialFacts(ledger, configuration, known, fault);
    }

    TrialFacts with(RunHistory known, Reason why) {
        return new TrialFacts(ledger, configuration, known, Optional.of(why));
    }

    boolean isImported() {
        return ledger.imported().isPresent();
    }

    boolean isRetrain() {
        return ledger.retrain().isPresent();
    }
}
