package io.trialstream.results.api;

import io.trialstream.rest.ApiException;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;

/** What a path names. */
final class Lookups {
    static final String STUDY_DESCRIPTION = "The study's id, or its name";
    static final String TRIAL_DESCRIPTION =
            "The trial's id, study:number, where the study's name does as well as its id";

    private Lookups() {}

    /** The study of this id or name. */
    static StudyEntity study(String idOrName) {
        return StudyEntity.named(idOrName).orElseThrow(() -> ApiException.notFound("study", idOrName));
    }

    /** The trial of this id; in front of the colon the study's name does too. */
    static TrialEntity trial(String trialId) {
        int colon = trialId.lastIndexOf(':');
        if (colon <= 0) {
            throw ApiException.notFound("trial", trialId);
        }
        return StudyEntity.named(trialId.substring(0, colon))
                .<TrialEntity>flatMap(study -> TrialEntity.findByIdOptional(study.studyId + trialId.substring(colon)))
                .orElseThrow(() -> ApiException.notFound("trial", trialId));
    }
}
