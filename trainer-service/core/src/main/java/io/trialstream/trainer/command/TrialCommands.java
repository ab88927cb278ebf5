package io.trialstream.trainer.command;

import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialCommand.Kind;
import io.trialstream.contracts.TrialId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The commands on {@code trial-commands} that still matter, by trial.
 *
 * <p>A command speaks of its dispatch and of older ones: whoever queued a trial again after a command has thereby set
 * it aside. The topic is compacted by trial and kind, so the newest command of each kind is read after a restart too.
 * Thread-safe: one thread applies, all may ask.
 */
public final class TrialCommands {
    private final ConcurrentMap<TrialId, Known> byTrial = new ConcurrentHashMap<>();

    /** Applies the next command of its trial. */
    public void apply(TrialCommand command) {
        byTrial.merge(command.trialId(), Known.first(command), (known, first) -> known.then(command));
    }

    /** Forgets a trial whose commands were deleted. */
    public void forget(TrialId trial) {
        byTrial.remove(trial);
    }

    /** The newest PRUNE or CANCEL that speaks of this dispatch of the trial. */
    public Optional<TrialCommand> ending(TrialId trial, int dispatch) {
        return of(trial).flatMap(Known::ending).filter(command -> dispatch <= command.dispatch());
    }

    /** The command to give this run up. */
    public Optional<TrialCommand> stuck(TrialId trial, String runId) {
        return of(trial).flatMap(Known::stuck).filter(command -> command.runId().equals(Optional.of(runId)));
    }

    /** Whether the trial was cancelled and not queued again since: no run of it will ever go on. */
    public boolean isCancelled(TrialId trial) {
        return of(trial)
                .flatMap(known -> known.ending()
                        .filter(ending -> ending.kind() == Kind.CANCEL)
                        .filter(ending -> ending.dispatch() >= known.newestDispatch()))
                .isPresent();
    }

    /** Whether the trial has been queued again since this dispatch. */
    public boolean isSuperseded(TrialId trial, int dispatch) {
        return of(trial).map(Known::newestDispatch).orElse(0) > dispatch;
    }

    private Optional<Known> of(TrialId trial) {
        return Optional.ofNullable(byTrial.get(trial));
    }

    /** What is known of one trial. */
    private record Known(int newestDispatch, Optional<TrialCommand> ending, Optional<TrialCommand> stuck) {
        static Known first(TrialCommand command) {
            return new Known(0, Optional.empty(), Optional.empty()).then(command);
        }

        Known then(TrialCommand command) {
            boolean ends = command.kind() == Kind.PRUNE || command.kind() == Kind.CANCEL;
            return new Known(
                    Math.max(newestDispatch, command.dispatch()),
                    ends ? Optional.of(command) : ending,
                    command.kind() == Kind.STUCK ? Optional.of(command) : stuck);
        }
    }
}
