package io.trialstream.suggester.loop;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialReport;
import io.trialstream.space.ProblemsException;
import io.trialstream.suggester.SuggesterMeters;
import io.trialstream.suggester.SuggesterSettings;
import io.trialstream.suggester.pool.Trainers;
import io.trialstream.suggester.study.Deadlines;
import io.trialstream.suggester.study.OpenTrial;
import io.trialstream.suggester.study.Proposer;
import io.trialstream.suggester.study.StudyHistory;
import io.trialstream.tpe.Suggestion;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What the suggester does next, given what it knows. Every decision is applied to the state in memory at once and noted
 * in the {@link Changes} of the round. Confined to the suggester's loop.
 */
final class Decisions {
    /** Faults that lie in the study or its training settings: another run would end the same way. */
    private static final Set<String> HOPELESS = Set.of("METRIC_NOT_REPORTED", "INVALID_TRAINING");

    private static final Logger LOG = Logger.getLogger(Decisions.class);

    private final SuggesterSettings settings;
    private final Deadlines deadlines;
    private final Studies studies;
    private final Trainers trainers;
    private final Suggestions suggestions;
    private final Clock clock;
    private final RunOrders orders;
    private final SuggesterMeters meters;

    Decisions(
            SuggesterSettings settings,
            Studies studies,
            Trainers trainers,
            Suggestions suggestions,
            Clock clock,
            Supplier<String> commandIds,
            SuggesterMeters meters) {
        this.settings = settings;
        this.deadlines = Ticks.deadlines(settings);
        this.studies = studies;
        this.trainers = trainers;
        this.suggestions = suggestions;
        this.clock = clock;
        this.orders = new RunOrders(commandIds, clock);
        this.meters = meters;
    }

    /** The time that records show, for people. */
    Clock clock() {
        return clock;
    }

    /** A run of a trial that has ended already is told to stop. */
    void answer(TrialReport report, Changes changes) {
        if (report instanceof TrialReport.Started started) {
            studies.byId(started.run().studyId())
                    .ifPresent(study -> contain(study, changes, () -> {
                        if (study.history().isFinal(started.run().number())) {
                            changes.command(orders.cancel(started.run(), "the trial has ended already"));
                        }
                    }));
        }
    }

    /**
     * After a start: what no run has begun may have been forgotten on the way to the queue, so it is queued again; and
     * the runs of a stopped study, or of a trial that was ended, may not have been told.
     */
    void takeUp(Changes changes) {
        studies.existing().forEach(study -> contain(study, changes, () -> takeUp(study, changes)));
    }

    private void takeUp(ActiveStudy study, Changes changes) {
        refuseUnusable(study, changes);
        boolean stopped = study.history().record().state() == StudyState.STOPPED;
        study.history().open().forEach(trial -> {
            if (trial.isStarted() && stopped && !trial.isRetrain()) {
                changes.command(orders.of(trial.ledger(), TrialCommand.Kind.CANCEL, "the study was stopped"));
            } else if (trial.ledger().hasEnded()) {
                tellIfRun(trial, changes);
            } else if (trial.isUnbegun()) {
                dispatchAgainOrEnd(study, trial, changes);
            }
        });
    }

    /** A study of an older release may have settings that this one refuses: it ends, and it can be looked at. */
    private void refuseUnusable(ActiveStudy study, Changes changes) {
        if (!study.history().record().state().isEnded()) {
            try {
                study.proposer();
            } catch (ProblemsException e) {
                fail(study, new Reason("INVALID_STUDY", e.getMessage()), changes);
            }
        }
    }

    /** One round: what broke off is queued again or given up, what is spent is completed, free slots get trials. */
    void round(Changes changes) {
        suggestions.beginRound();
        studies.existing().forEach(study -> contain(study, changes, () -> lookAfter(study, changes)));
        settings.pools().forEach(pool -> fill(pool, changes));
    }

    private void lookAfter(ActiveStudy study, Changes changes) {
        study.history().open().forEach(trial -> lookAfter(study, trial, changes));
        Optional<Reason> failure = suggestions.review(study).or(study.history()::doom);
        if (failure.isPresent() && !study.history().record().state().isEnded()) {
            fail(study, failure.get(), changes);
        }
        completeIfSpent(study, changes);
    }

    /**
     * Takes a decision about one study, whose exceptions end that study and nothing else. What the decision had noted
     * before is consistent by itself and is committed; the study is left alone from then on.
     */
    private void contain(ActiveStudy study, Changes changes, Runnable decision) {
        if (study.fault().isEmpty()) {
            try {
                decision.run();
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                study.breaks(e);
            }
        }
        study.fault()
                .filter(fault -> !study.history().record().state().isEnded())
                .ifPresent(fault -> {
                    LOG.errorf(fault, "study %s is left alone", study.studyId());
                    Reason reason = new Reason(
                            "STUDY_BROKEN",
                            "the suggester cannot go on with the study: " + Faults.describe(fault)
                                    + "; it can be looked at and deleted, and resumed by a later release");
                    end(study, StudyState.FAILED, reason, changes);
                });
    }

    /**
     * Ends a study that cannot go on: what no run has begun is CANCELLED, what runs goes on to its end and is counted.
     */
    void fail(ActiveStudy study, Reason reason, Changes changes) {
        LOG.warnf("study %s ends FAILED, %s: %s", study.studyId(), reason.code(), reason.text());
        end(study, StudyState.FAILED, reason, changes);
        study.history().open().stream()
                .filter(trial -> !trial.isRetrain() && !trial.isStarted())
                .filter(trial -> trial.isInFlight() || trial.isWaiting())
                .forEach(trial -> {
                    cancel(study, trial, reason, changes);
                    // By name: trainers may hear that the study is resumed before they take the trial's record.
                    changes.command(orders.of(trial.ledger(), TrialCommand.Kind.CANCEL, reason.text()));
                });
    }

    private void end(ActiveStudy study, StudyState state, Reason reason, Changes changes) {
        suggestions.forget(study.studyId());
        study(study, study.history().record().withState(state, Optional.of(reason)), changes);
    }

    /**
     * Ends a study for its user: what a run trains is told to end as CANCELLED, and everything else is CANCELLED at
     * once, whether there are trainers or not. A study that has ended stays as it is, but for its retrains: they are
     * CANCELLED at once, since those that come later must not be told.
     *
     * @param immediately whether runs end between two batches, and not only at their epoch's end
     */
    void stop(ActiveStudy study, boolean immediately, Changes changes) {
        Reason reason = new Reason("STOPPED_BY_USER", "the study was stopped by its user");
        if (!study.history().record().state().isEnded()) {
            end(study, StudyState.STOPPED, reason, changes);
        }
        study.history().open().forEach(trial -> {
            if (trial.isStarted() && !trial.isRetrain()) {
                TrialCommand cancel = orders.of(trial.ledger(), TrialCommand.Kind.CANCEL, reason.text());
                changes.command(immediately ? cancel.immediately() : cancel);
            } else if (trial.isInFlight() || trial.isWaiting()) {
                cancel(study, trial, reason, changes);
            }
        });
    }

    /** Notes a study's new record. */
    void study(ActiveStudy study, StudyRecord record, Changes changes) {
        study.history().apply(record);
        changes.study(record);
    }

    /** Notes a trial's new ledger record. */
    void ledger(ActiveStudy study, LedgerRecord record, Changes changes) {
        study.history().apply(record, trainers.now());
        changes.ledger(record);
    }

    private void lookAfter(ActiveStudy study, OpenTrial trial, Changes changes) {
        if (trial.isBrokenOff()) {
            dispatchAgainOrEnd(study, trial, changes);
        } else if (trial.isStarted() && trial.runsLost() >= settings.runsLostLimit()) {
            fail(study, trial, changes);
        } else if (trial.isStuck(deadlines)) {
            study.history().toldStuck(trial.number(), trainers.now());
            changes.command(orders.stuck(trial));
        }
    }

    private void dispatchAgainOrEnd(ActiveStudy study, OpenTrial trial, Changes changes) {
        Optional<Reason> hopeless = trial.fault().filter(fault -> HOPELESS.contains(fault.code()));
        if (study.history().record().state().isEnded() && !trial.isRetrain()) {
            cancel(study, trial, whyEnded(study), changes);
        } else if (hopeless.isPresent()) {
            end(study, trial, trial.ledger().failed(hopeless.get()), changes);
            meters.failed(hopeless.get().code());
        } else if (trial.runsLost() < settings.runsLostLimit()) {
            dispatchAgain(study, trial, changes);
        } else {
            fail(study, trial, changes);
        }
    }

    /** The trial's reason has the code of its last run's fault, by which failures of a study are told apart. */
    private void fail(ActiveStudy study, OpenTrial trial, Changes changes) {
        Reason last = trial.fault().orElseGet(() -> new Reason("TRAINER_LOST", "no word of it"));
        Reason reason = new Reason(
                last.code(),
                trial.runsLost() + " runs broke off, the last one with " + last.code() + ": " + last.text());
        end(study, trial, trial.ledger().failed(reason), changes);
        meters.failed(last.code());
    }

    private void dispatchAgain(ActiveStudy study, OpenTrial trial, Changes changes) {
        LedgerRecord again = trial.ledger().dispatchedAgain();
        ledger(study, again, changes);
        changes.command(orders.of(again, TrialCommand.Kind.SUPERSEDE, "queued again as dispatch " + again.dispatch()));
        queue(study, again, changes);
        meters.queuedAgain(trial.fault().map(Reason::code).orElse("RESTART"));
    }

    /** Ends a trial by the suggester's word: a run that begins it in this moment is told so when it reports. */
    private void cancel(ActiveStudy study, OpenTrial trial, Reason why, Changes changes) {
        end(study, trial, trial.ledger().cancelled(why), changes);
    }

    private static Reason whyEnded(ActiveStudy study) {
        return study.history()
                .record()
                .stateReason()
                .or(study.history()::spent)
                .orElseGet(() -> new Reason("STUDY_ENDED", "the study has ended"));
    }

    private void end(ActiveStudy study, OpenTrial trial, LedgerRecord ended, Changes changes) {
        ledger(study, ended, changes);
        tellIfRun(trial, changes);
    }

    /** Its runs end, and trainers keep no checkpoints of it. */
    private void tellIfRun(OpenTrial trial, Changes changes) {
        if (trial.hasRun()) {
            changes.command(orders.of(trial.ledger(), TrialCommand.Kind.CANCEL, "the trial has been ended"));
        }
    }

    private void completeIfSpent(ActiveStudy study, Changes changes) {
        StudyHistory history = study.history();
        Optional<Reason> spent = history.record().state().isEnded() ? Optional.empty() : history.spent();
        if (spent.isEmpty() || history.searching() > 0) {
            return;
        }
        if (history.progress().open() == 0) {
            study(study, history.record().withState(StudyState.COMPLETED, spent), changes);
        } else {
            history.open().stream()
                    .filter(trial -> trial.isWaiting() && !trial.isRetrain())
                    .forEach(trial -> cancel(study, trial, whyEnded(study), changes));
        }
    }

    /** A study whose suggestion is still in the making lets others go first. */
    private void fill(String pool, Changes changes) {
        Set<ActiveStudy> passedOver = new HashSet<>();
        int free = trainers.capacity(pool) + settings.lookahead() - occupied(pool);
        while (free > 0) {
            if (serveRetrain(pool, changes)) {
                free--;
                continue;
            }
            Optional<ActiveStudy> next = neediest(pool, passedOver);
            if (next.isEmpty()) {
                return;
            }
            int before = next.get().history().inFlight();
            contain(next.get(), changes, () -> serve(next.get(), changes));
            if (next.get().history().inFlight() > before) {
                free--;
            } else {
                passedOver.add(next.get());
            }
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

    private Optional<ActiveStudy> neediest(String pool, Set<ActiveStudy> passedOver) {
        return studies.existing().stream()
                .filter(study -> !passedOver.contains(study))
                .filter(study -> study.history().record().state() == StudyState.RUNNING)
                .filter(study -> study.history().spec().pool().equals(pool))
                .filter(ActiveStudy::canServe)
                .min(Comparator.comparingInt(study -> study.history().inFlight()));
    }

    /** What a user asked for comes before what a search would try next, in whatever state its study is. */
    private boolean serveRetrain(String pool, Changes changes) {
        for (ActiveStudy study : studies.existing()) {
            Optional<OpenTrial> waiting = study.waitingRetrain();
            if (waiting.isPresent()
                    && study.fault().isEmpty()
                    && study.history().spec().pool().equals(pool)) {
                contain(study, changes, () -> dispatch(study, waiting.get(), changes));
                return true;
            }
        }
        return false;
    }

    private void dispatch(ActiveStudy study, OpenTrial waiting, Changes changes) {
        LedgerRecord dispatched = waiting.ledger().dispatchedAgain();
        ledger(study, dispatched, changes);
        queue(study, dispatched, changes);
    }

    private void serve(ActiveStudy study, Changes changes) {
        Optional<OpenTrial> waiting = study.waiting();
        if (waiting.isPresent()) {
            dispatch(study, waiting.get(), changes);
            return;
        }
        Suggestions.Answer answer = suggestions.next(study);
        if (answer instanceof Suggestions.Answer.Failed failed) {
            fail(study, failed.reason(), changes);
        } else if (answer instanceof Suggestions.Answer.Made made) {
            propose(study, made, changes);
        }
    }

    private void propose(ActiveStudy study, Suggestions.Answer.Made made, Changes changes) {
        if (!(made.suggestion() instanceof Suggestion.Suggested suggested)) {
            study.history().spaceIsExhausted();
            return;
        }
        LedgerRecord proposed = study.proposer().proposed(study.studyId(), made.draft(), suggested, clock.instant());
        study(study, study.history().record().withNumbersGiven(1), changes);
        ledger(study, proposed, changes);
        queue(study, proposed, changes);
    }

    private void queue(ActiveStudy study, LedgerRecord ledger, Changes changes) {
        changes.queue(
                study.history().spec().pool(), Proposer.proposal(study.history().record(), ledger));
    }
}
