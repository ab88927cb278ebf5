package io.trialstream.suggester.decision;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.OpenTrial;
import io.trialstream.suggester.state.StudyHistory;
import io.trialstream.tpe.Suggestion;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives the free slots of the pools trials. Confined to the suggester's loop. */
final class Dispatcher {
    private final DecisionPolicy policy;
    private final SuggesterState state;
    private final StudyUpdates updates;
    private final Suggestions suggestions;
    private final CommandFactory commands;
    private final StudyEnding studies;
    private final Containment containment;

    Dispatcher(Decisions.Tools tools, StudyEnding studies, Containment containment) {
        this.policy = tools.policy();
        this.state = tools.state();
        this.updates = tools.updates();
        this.suggestions = tools.suggestions();
        this.commands = tools.commands();
        this.studies = studies;
        this.containment = containment;
    }

    /** Fills a pool's free slots. A study whose suggestion is not ready lets others go first. */
    void fill(String pool, PendingCommit commit) {
        Set<ActiveStudy> passedOver = new HashSet<>();
        int free = state.trainers().capacity(pool) + policy.lookahead() - occupied(pool);
        while (free > 0) {
            if (serveRetrain(pool, commit)) {
                free--;
                continue;
            }
            Optional<ActiveStudy> next = leastServed(pool, passedOver);
            if (next.isEmpty()) {
                return;
            }
            int before = next.get().history().inFlight();
            containment.decide(next.get(), commit, () -> serve(next.get(), commit));
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
        long justNow = state.trainers().now() - 1;
        return state.studies().histories().stream()
                .filter(history -> history.spec().pool().equals(pool))
                .mapToInt(history -> history.inFlight() + history.settlingSince(justNow))
                .sum();
    }

    private Optional<ActiveStudy> leastServed(String pool, Set<ActiveStudy> passedOver) {
        return state.studies().existing().stream()
                .filter(study -> !passedOver.contains(study))
                .filter(study -> study.history().record().state() == StudyState.RUNNING)
                .filter(study -> study.history().spec().pool().equals(pool))
                .filter(ActiveStudy::canServe)
                .min(Comparator.comparingInt(study -> study.history().inFlight()));
    }

    /** What a user asked for comes before what a search would try next, in whatever state its study is. */
    private boolean serveRetrain(String pool, PendingCommit commit) {
        for (ActiveStudy study : state.studies().existing()) {
            Optional<OpenTrial> waiting = study.waitingRetrain();
            if (waiting.isPresent()
                    && study.fault().isEmpty()
                    && study.history().spec().pool().equals(pool)) {
                containment.decide(study, commit, () -> dispatch(study, waiting.get(), commit));
                return true;
            }
        }
        return false;
    }

    private void serve(ActiveStudy study, PendingCommit commit) {
        Optional<OpenTrial> waiting = study.waiting();
        if (waiting.isPresent()) {
            dispatch(study, waiting.get(), commit);
            return;
        }
        suggestions.next(study).visit(new Suggestions.Answer.Visitor() {
            @Override
            public void ready(Suggestions.Answer.Ready ready) {
                propose(study, ready, commit);
            }

            @Override
            public void pending() {
                // The study is passed over until its suggestion is ready.
            }

            @Override
            public void failed(Suggestions.Answer.Failed failed) {
                studies.fail(study, failed.reason(), commit);
            }
        });
    }

    private void dispatch(ActiveStudy study, OpenTrial waiting, PendingCommit commit) {
        LedgerRecord dispatched = waiting.ledger().dispatchedAgain();
        updates.trial(study, dispatched, commit);
        updates.queue(study, dispatched, commit);
    }

    private void propose(ActiveStudy study, Suggestions.Answer.Ready ready, PendingCommit commit) {
        StudyHistory history = study.history();
        if (!(ready.suggestion() instanceof Suggestion.Suggested suggested)) {
            history.spaceIsExhausted();
            return;
        }
        LedgerRecord proposed = study.proposer().proposed(study.studyId(), ready.draft(), suggested, commands.now());
        updates.add(study, List.of(proposed), commit);
        updates.queue(study, proposed, commit);
    }
}
