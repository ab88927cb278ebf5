package io.trialstream.results.api;

import io.trialstream.rest.ApiException;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.StudyRows;
import io.trialstream.results.store.TrialEntity;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds what a path names. */
@ApplicationScoped
public class Lookups {
    /** How a study is named in a path. */
    public static final String STUDY_DESCRIPTION = "The study's id, or its name";
    /** How a trial is named in a path. */
    public static final String TRIAL_DESCRIPTION =
            "The trial's id, study:number, where the study's name does as well as its id";

    private final StudyRows studies;

    Lookups(StudyRows studies) {
        this.studies = studies;
    }

    /** The study of this id or name. */
    public StudyRow study(String idOrName) {
        return studies.find(idOrName).orElseThrow(() -> ApiException.notFound("study", idOrName));
    }

    /** The trial of this id; in front of the colon the study's name does too. */
    public TrialEntity trial(String trialId) {
        int colon = trialId.lastIndexOf(':');
        if (colon <= 0) {
            throw ApiException.notFound("trial", trialId);
        }
        return studies.find(trialId.substring(0, colon))
                .<TrialEntity>flatMap(study -> TrialEntity.findByIdOptional(study.studyId() + trialId.substring(colon)))
                .orElseThrow(() -> ApiException.notFound("trial", trialId));
    }
}
