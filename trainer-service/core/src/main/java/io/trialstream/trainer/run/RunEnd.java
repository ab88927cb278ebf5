package io.trialstream.trainer.run;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialState;
import java.util.Optional;

/** How a run ends, and so which report it gets. */
public sealed interface RunEnd {
    /** The name of {@link Interrupted}. */
    String INTERRUPTED = "INTERRUPTED";
    /** The name of {@link Errored}. */
    String ERRORED = "ERRORED";

    /** The final state's name, {@link #INTERRUPTED} or {@link #ERRORED}. */
    String name();

    /** Why; present unless the trial is COMPLETED. */
    Optional<Reason> reason();

    /**
     * The trial is over.
     *
     * @param state COMPLETED, PRUNED, INFEASIBLE or CANCELLED
     * @param reason why; present unless COMPLETED
     * @param commandId the command that was obeyed, if any
     */
    record Final(TrialState state, Optional<Reason> reason, Optional<String> commandId) implements RunEnd {
        @Override
        public String name() {
            return state.name();
        }
    }

    /** The run stops through no fault of the trial, which is to be queued again. */
    record Interrupted(Reason why) implements RunEnd {
        @Override
        public String name() {
            return INTERRUPTED;
        }

        @Override
        public Optional<Reason> reason() {
            return Optional.of(why);
        }
    }

    /** The run failed: the infrastructure's or the study's fault, never the configuration's. */
    record Errored(Reason why) implements RunEnd {
        @Override
        public String name() {
            return ERRORED;
        }

        @Override
        public Optional<Reason> reason() {
            return Optional.of(why);
        }
    }

    /** Trained to its end. */
    static RunEnd completed() {
        return new Final(TrialState.COMPLETED, Optional.empty(), Optional.empty());
    }

    /** The configuration is at fault. */
    static RunEnd infeasible(Reason reason) {
        return new Final(TrialState.INFEASIBLE, Optional.of(reason), Optional.empty());
    }

    /** Ended by a PRUNE or a CANCEL. */
    static RunEnd obeying(TrialCommand command) {
        return switch (command.kind()) {
            case PRUNE -> new Final(
                    TrialState.PRUNED,
                    Optional.of(Reason.of(ReasonCode.PRUNED, command.reason())),
                    Optional.of(command.commandId()));
            case CANCEL -> new Final(
                    TrialState.CANCELLED,
                    Optional.of(Reason.of(ReasonCode.CANCELLED, command.reason())),
                    Optional.of(command.commandId()));
            case STUCK -> new Errored(Reason.of(ReasonCode.STUCK, command.reason()));
            case SUPERSEDE -> throw new IllegalArgumentException("a SUPERSEDE ends no run");
        };
    }
}
