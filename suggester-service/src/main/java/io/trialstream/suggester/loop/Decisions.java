package io.trialstream.suggester.loop;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialReport;
import io.trialstream.suggester.SuggesterSettings;
import io.trialstream.suggester.pool.Trainers;
import io.trialstream.suggester.study.OpenTrial;
import io.trialstream.suggester.study.Proposer;
import io.trialstream.suggester.study.StudyHistory;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the suggester does next, given what it knows. Every decision is applied to the state in memory at once and noted
 * in the {@link Changes} of the round. Confined to the suggester's loop.
 */
final class Decisions {
    /** Faults that lie in the study or its training settings: another run would end the same way. */
    private static final Set<String> HOPELESS = Set.of("METRIC_NOT_REPORTED", "INVALID_TRAINING");

    private final SuggesterSettings settings;
    private final Studies studies;
    private final Trainers trainers;
    private final Clock clock;
    private final Supplier<String> commandIds;

    Decisions(
            SuggesterSettings settings, Studies studies, Trainers trainers, Clock clock, Supplier<String> commandIds) {
        this.settings = settings;
        this.studies = studies;
        this.trainers = trainers;
        this.clock = clock;
        this.commandIds = commandIds;
    }

    /** The time that records show, for people. */
    Clock clock() {
        return clock;
    }

    /** A run of a trial that has ended already is told to stop. */
    void answer(TrialReport report, Changes changes) {
        if (report instanceof TrialReport.Started started) {
            studies.byId(started.run().studyId())
                    .filter(study -> study.history().isFinal(started.run().number()))
                    .ifPresent(study -> changes.command(new TrialCommand(
                            commandIds.get(),
                            study.studyId(),
                            started.run().number(),
                            started.run().dispatch(),
                            TrialCommand.Kind.CANCEL,
                            Optional.empty(),
                            "the trial has ended already",
                            clock.instant())));
        }
    }

    /** After a start: what no run has begun may have been forgotten on the way to the queue, so it is queued again. */
    void queueUnstarted(Changes changes) {
        for (ActiveStudy study : studies.existing()) {
            study.history().open().stream()
                    .filter(OpenTrial::isQueued)
                    .forEach(trial -> dispatchAgain(study, trial, changes));
        }
    }

    /** One round: what broke off is queued again or given up, what is spent is completed, free slots get trials. */
    void round(Changes changes) {
        for (ActiveStudy study : studies.existing()) {
            study.history().open().stream()
                    .filter(OpenTrial::isBrokenOff)
                    .forEach(trial -> dispatchAgainOrFail(study, trial, changes));
            completeIfSpent(study, changes);
        }
        settings.pools().forEach(pool -> fill(pool, changes));
    }

    /** Ends a study for its user: every open trial is told to end as CANCELLED. */
    void stop(ActiveStudy study, Changes changes) {
        Reason reason = new Reason("STOPPED_BY_USER", "the study was stopped by its user");
        study(study, study.history().record().withState(StudyState.STOPPED, Optional.of(reason)), changes);
        study.history().open().stream()
                .filter(trial -> trial.isInFlight() || trial.isWaiting())
                .forEach(trial -> withdraw(study, trial, reason.text(), changes));
    }

    /** Notes a study's new record. */
    void study(ActiveStudy study, StudyRecord record, Changes changes) {
        study.history().apply(record);
        changes.study(record);
    }

    /** Notes a trial's new ledger record. */
    void ledger(ActiveStudy study, LedgerRecord record, Changes changes) {
        study.history().apply(record);
        changes.ledger(record);
    }

    private void dispatchAgainOrFail(ActiveStudy study, OpenTrial trial, Changes changes) {
        Optional<Reason> hopeless = trial.fault().filter(fault -> HOPELESS.contains(fault.code()));
        if (hopeless.isPresent()) {
            ledger(study, trial.ledger().failed(hopeless.get()), changes);
        } else if (trial.runsLost() < settings.runsLostLimit()) {
            dispatchAgain(study, trial, changes);
        } else {
            String why = trial.fault()
                    .map(fault -> fault.code() + ": " + fault.text())
                    .orElse("it was lost");
            Reason reason = new Reason("RUNS_LOST", trial.runsLost() + " runs broke off, the last one with " + why);
            ledger(study, trial.ledger().failed(reason), changes);
        }
    }

    private void dispatchAgain(ActiveStudy study, OpenTrial trial, Changes changes) {
        LedgerRecord again = trial.ledger().dispatchedAgain();
        ledger(study, again, changes);
        changes.command(command(again, TrialCommand.Kind.SUPERSEDE, "queued again as dispatch " + again.dispatch()));
        if (study.history().record().state() == StudyState.STOPPED) {
            changes.command(command(again, TrialCommand.Kind.CANCEL, "the study was stopped by its user"));
        }
        queue(study, again, changes);
    }

    /**
     * A trial that waits has no queue record yet, and only a trainer ends a trial: so it is queued, to be cancelled.
     */
    private void withdraw(ActiveStudy study, OpenTrial trial, String why, Changes changes) {
        LedgerRecord ledger = trial.ledger();
        if (trial.isWaiting()) {
            ledger = ledger.dispatchedAgain();
            ledger(study, ledger, changes);
            queue(study, ledger, changes);
        }
        changes.command(command(ledger, TrialCommand.Kind.CANCEL, why));
    }

    private void completeIfSpent(ActiveStudy study, Changes changes) {
        StudyHistory history = study.history();
        Optional<Reason> spent = history.record().state().isEnded() ? Optional.empty() : history.spent();
        if (spent.isEmpty() || history.inFlight() > 0) {
            return;
        }
        if (history.open().isEmpty()) {
            study(study, history.record().withState(StudyState.COMPLETED, spent), changes);
        } else {
            history.open().stream()
                    .filter(OpenTrial::isWaiting)
                    .forEach(trial -> withdraw(study, trial, spent.get().text(), changes));
        }
    }

    private void fill(String pool, Changes changes) {
        int free = trainers.capacity(pool) + settings.lookahead() - occupied(pool);
        for (; free > 0; free--) {
            Optional<ActiveStudy> next = neediest(pool);
            if (next.isEmpty()) {
                return;
            }
            serve(next.get(), changes);
        }
    }

    /**
     * Slots that are taken: trials queued or running, and those that ended a moment ago, since their outcome is about
     * to arrive and the next suggestion should know it. With the database away, slots are refilled after two ticks.
     */
    private int occupied(String pool) {
        return studies.histories().stream()
                .filter(history -> history.spec().pool().equals(pool))
                .mapToInt(history -> history.inFlight() + history.settlingSince(trainers.now() - 1))
                .sum();
    }

    private Optional<ActiveStudy> neediest(String pool) {
        return studies.existing().stream()
                .filter(study -> study.history().record().state() == StudyState.RUNNING)
                .filter(study -> study.history().spec().pool().equals(pool))
                .filter(ActiveStudy::canServe)
                .min(Comparator.comparingInt(study -> study.history().inFlight()));
    }

    private void serve(ActiveStudy study, Changes changes) {
        Optional<OpenTrial> waiting =
                study.history().open().stream().filter(OpenTrial::isWaiting).findFirst();
        if (waiting.isPresent()) {
            LedgerRecord dispatched = waiting.get().ledger().dispatchedAgain();
            ledger(study, dispatched, changes);
            queue(study, dispatched, changes);
            return;
        }
        Optional<LedgerRecord> proposed = study.proposer().next(study.history(), clock.instant());
        if (proposed.isEmpty()) {
            study.history().spaceIsExhausted();
            return;
        }
        study(study, study.history().record().withNumbersGiven(1), changes);
        ledger(study, proposed.get(), changes);
        queue(study, proposed.get(), changes);
    }

    private void queue(ActiveStudy study, LedgerRecord ledger, Changes changes) {
        changes.queue(
                study.history().spec().pool(), Proposer.proposal(study.history().record(), ledger));
    }

    private TrialCommand command(LedgerRecord ledger, TrialCommand.Kind kind, String reason) {
        return new TrialCommand(
                commandIds.get(),
                ledger.studyId(),
                ledger.number(),
                ledger.dispatch(),
                kind,
                Optional.empty(),
                reason,
                clock.instant());
    }
}
