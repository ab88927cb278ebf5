package io.trialstream.suggester.state;

import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.study.StudySpec;
import java.util.Optional;
import java.util.function.Function;

/** A study and what proposes its trials. Mutable and confined to the suggester's loop. */
public final class ActiveStudy {
    private final StudyHistory history;
    private final Function<StudySpec, Proposer> proposers;
    private Optional<Proposer> proposer = Optional.empty();
    private Optional<Throwable> fault = Optional.empty();

    /** A study of which only its record is known; {@code proposers} makes its proposer. */
    public ActiveStudy(StudyRecord record, Function<StudySpec, Proposer> proposers) {
        this.history = new StudyHistory(record);
        this.proposers = proposers;
    }

    /** What is known of it. */
    public StudyHistory history() {
        return history;
    }

    /** Its identity. */
    public String studyId() {
        return history.record().studyId();
    }

    /**
     * Its sampler, made when it is needed first.
     *
     * @throws io.trialstream.space.ProblemsException if there can be none, as in a study of an older release that took
     *     other settings or other spaces
     */
    public Proposer proposer() {
        if (proposer.isEmpty()) {
            history.spec().space().requireLimits();
            proposer = Optional.of(proposers.apply(history.spec()));
        }
        return proposer.get();
    }

    /** Forgets the sampler, and whatever a suggestion that was broken off has left in it. */
    public void renewProposer() {
        proposer = Optional.empty();
    }

    /** What is known of the study is incomplete from now on, or a decision about it was broken off in the middle. */
    public void markBroken(Throwable cause) {
        fault = fault.or(() -> Optional.of(cause));
    }

    /** What {@linkplain #markBroken broke} it, until its records are read again by the next suggester. */
    public Optional<Throwable> fault() {
        return fault;
    }

    /** The first trial of the search that waits to be queued. */
    public Optional<OpenTrial> waiting() {
        return history.open().stream()
                .filter(trial -> trial.isWaiting() && !trial.isRetrain())
                .findFirst();
    }

    /** The first retrain that waits to be queued. */
    public Optional<OpenTrial> waitingRetrain() {
        return history.openRetrains().stream().filter(OpenTrial::isWaiting).findFirst();
    }

    /** Whether it has a trial to offer, one that waits or the budget for a new one, within its concurrency. */
    public boolean canServe() {
        boolean hasRoom = history.searching() < history.spec().concurrency().orElse(Integer.MAX_VALUE);
        return hasRoom
                && history.spent().isEmpty()
                && (history.budgetLeft() > 0 || waiting().isPresent());
    }
}
