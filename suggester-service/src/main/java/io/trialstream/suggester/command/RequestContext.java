package io.trialstream.suggester.command;

import io.trialstream.space.ProblemsException;
import io.trialstream.suggester.command.StudyRefusedException.Code;
import io.trialstream.suggester.decision.Decisions;
import io.trialstream.suggester.decision.StudyUpdates;
import io.trialstream.suggester.decision.SuggesterState;
import io.trialstream.suggester.pool.Trainers;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.Proposer;
import io.trialstream.suggester.state.Studies;

/**
 * What a request may use.
 *
 * @param state what the suggester knows
 * @param decisions what it decides
 */
public record RequestContext(SuggesterState state, Decisions decisions) {

    /** The studies. */
    public Studies studies() {
        return state.studies();
    }

    /** The trainers. */
    public Trainers trainers() {
        return state.trainers();
    }

    /** What applies new records. */
    public StudyUpdates updates() {
        return decisions.updates();
    }

    /**
     * A study, by id or name.
     *
     * @throws StudyRefusedException if there is none
     */
    ActiveStudy study(String idOrName) {
        return studies()
                .find(idOrName)
                .orElseThrow(() -> new StudyRefusedException(Code.NOT_FOUND, "there is no study '" + idOrName + "'"));
    }

    /**
     * A study's proposer.
     *
     * @throws StudyRefusedException if there can be none, as for settings that only an older release took
     */
    static Proposer proposer(ActiveStudy study) {
        try {
            return study.proposer();
        } catch (ProblemsException e) {
            throw new StudyRefusedException(Code.STUDY_ENDED, "the study cannot go on: " + e.getMessage());
        }
    }
}
