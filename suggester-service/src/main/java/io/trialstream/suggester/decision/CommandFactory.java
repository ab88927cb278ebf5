package io.trialstream.suggester.decision;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialCommand.Kind;
import io.trialstream.contracts.TrialId;
import io.trialstream.suggester.state.ActiveRun;
import io.trialstream.suggester.state.OpenTrial;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes the commands to runs.
 *
 * @param ids gives each command its id
 * @param clock the time that commands and records show, for people
 */
public record CommandFactory(Supplier<String> ids, Clock clock) {

    /** To all runs of the trial's present dispatch and of older ones. */
    TrialCommand of(LedgerRecord trial, Kind kind, String reason) {
        return command(trial.trialId(), trial.dispatch(), kind, Optional.empty(), reason);
    }

    /** To all runs of this run's dispatch and of older ones. */
    TrialCommand cancel(Run run, String reason) {
        return command(run.trialId(), run.dispatch(), Kind.CANCEL, Optional.empty(), reason);
    }

    /** To the run that trains the trial, and to no other. */
    TrialCommand stuck(OpenTrial trial) {
        ActiveRun run = trial.run().orElseThrow();
        return command(
                trial.ledger().trialId(),
                run.dispatch(),
                Kind.STUCK,
                Optional.of(run.runId()),
                "alive for " + run.idle() + " ticks without finishing an epoch after epoch " + run.epoch());
    }

    Instant now() {
        return clock.instant();
    }

    private TrialCommand command(TrialId trial, int dispatch, Kind kind, Optional<String> run, String reason) {
        return new TrialCommand(ids.get(), trial.studyId(), trial.number(), dispatch, kind, run, reason, now());
    }
}
