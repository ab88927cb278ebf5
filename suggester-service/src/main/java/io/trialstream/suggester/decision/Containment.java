package io.trialstream.suggester.decision;

import io.trialstream.suggester.state.ActiveStudy;

/** Keeps what one study throws from all others. Confined to the suggester's loop. */
final class Containment {
    private final StudyEnding studies;
    private final DecisionListener listener;

    Containment(StudyEnding studies, DecisionListener listener) {
        this.studies = studies;
        this.listener = listener;
    }

    /**
     * Takes a decision about one study, whose exceptions end that study and nothing else. What the decision had added to
     * the commit before is consistent by itself and is committed; the study is left alone from then on.
     */
    void decide(ActiveStudy study, PendingCommit commit, Runnable decision) {
        if (study.fault().isEmpty()) {
            try {
                decision.run();
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                study.markBroken(e);
            }
        }
        study.fault()
                .filter(fault -> !study.history().record().state().isEnded())
                .ifPresent(fault -> {
                    listener.studyBroken(study.studyId(), fault);
                    studies.failBroken(study, fault, commit);
                });
    }
}
