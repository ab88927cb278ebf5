package io.trialstream.suggester.command;

import io.trialstream.space.Problem;

/**
 * What is allowed in a study file but probably a mistake.
 *
 * @param field its path in the study file, such as {@code space.lr.loguniform}
 * @param code the kind of mistake
 * @param message what it means and what to write instead, for people
 */
public record StudyWarning(String field, String code, String message) {

    static StudyWarning of(Problem problem) {
        return new StudyWarning(problem.path(), problem.code(), problem.message());
    }
}
