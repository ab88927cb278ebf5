package io.trialstream.suggester.decision;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.TrialReport;
import io.trialstream.suggester.state.ActiveStudy;
import java.time.Instant;
import java.util.Optional;

/**
 * What the suggester does next, given what it knows. Every decision is applied to the state in memory at once and added
 * to the {@link PendingCommit} of the round. Confined to the suggester's loop.
 */
public final class Decisions {
    private final Tools tools;
    private final StudyEnding studies;
    private final RunSupervisor runs;
    private final Containment containment;
    private final Dispatcher dispatcher;

    /** What the parts of this package work with. */
    record Tools(
            DecisionPolicy policy,
            SuggesterState state,
            Suggestions suggestions,
            CommandFactory commands,
            DecisionListener listener,
            StudyUpdates updates) {}

    /** Decides about this state. */
    public Decisions(
            DecisionPolicy policy,
            SuggesterState state,
            Suggestions suggestions,
            CommandFactory commands,
            DecisionListener listener) {
        this.tools = new Tools(policy, state, suggestions, commands, listener, new StudyUpdates(state, listener));
        TrialEnding trials = new TrialEnding(tools.updates(), commands);
        this.studies = new StudyEnding(tools.updates(), trials, commands, suggestions);
        this.runs = new RunSupervisor(tools, trials, studies);
        this.containment = new Containment(studies, listener);
        this.dispatcher = new Dispatcher(tools, studies, containment);
    }

    /** What applies new records, for commands that make some. */
    public StudyUpdates updates() {
        return tools.updates();
    }

    /** The time that records show, for people. */
    public Instant now() {
        return tools.commands().now();
    }

    /** A run has begun: if its trial is final, it is told to end. */
    public void answer(TrialReport.Started started, PendingCommit commit) {
        tools.state()
                .studies()
                .byId(started.run().studyId())
                .ifPresent(study -> containment.decide(study, commit, () -> runs.answer(study, started, commit)));
    }

    /** After a start: queues again and tells again what its predecessor may not have. */
    public void takeOver(PendingCommit commit) {
        tools.state()
                .studies()
                .existing()
                .forEach(study -> containment.decide(study, commit, () -> {
                    studies.failIfInvalid(study, commit);
                    runs.takeOver(study, commit);
                }));
    }

    /** One round: what broke off is queued again or given up, what is spent is completed, free slots get trials. */
    public void round(PendingCommit commit) {
        tools.suggestions().beginRound();
        tools.state()
                .studies()
                .existing()
                .forEach(study -> containment.decide(study, commit, () -> review(study, commit)));
        tools.policy().pools().forEach(pool -> dispatcher.fill(pool, commit));
    }

    /**
     * Ends a study for its user; of one that has ended only the retrains end.
     *
     * @param immediately whether runs end between two batches, and not only at their epoch's end
     */
    public void stop(ActiveStudy study, boolean immediately, PendingCommit commit) {
        studies.stop(study, immediately, commit);
    }

    private void review(ActiveStudy study, PendingCommit commit) {
        runs.supervise(study, commit);
        Optional<Reason> failure = tools.suggestions().review(study).or(study.history()::repeatedFailure);
        if (failure.isPresent() && !study.history().record().state().isEnded()) {
            studies.fail(study, failure.get(), commit);
        }
        studies.completeIfSpent(study, commit);
    }
}
