package io.trialstream.cli.view;

import io.trialstream.cli.client.StudyView;
import java.util.List;
import java.util.Optional;

/** Where a study stands, in two lines. */
public final class StudyText {
    private StudyText() {}

    /** Answers name, id, state and reason, then the progress. */
    public static List<String> lines(StudyView study) {
        return List.of(
                study.name() + " (" + study.studyId() + ") " + study.state()
                        + study.stateReason().map(reason -> ": " + reason).orElse(""),
                ProgressLine.of(study, Optional.empty()));
    }
}
