package io.trialstream.results.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.results.api.Study.Warning;
import io.trialstream.results.read.StudyRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Studies as commands answer them: in the form in which readers see them. */
@ApplicationScoped
public class StudyAnswers {
    private final StudyRows studies;

    StudyAnswers(StudyRows studies) {
        this.studies = studies;
    }

    /**
     * The study that the suggester's answer shows, as readers see it; empty for other answers, and until the ingest has
     * caught up.
     */
    public Optional<Study> of(JsonNode suggested) {
        String studyId = suggested.path("studyId").asText();
        Optional<Study> stored = studies.find(studyId)
                .filter(row -> row.studyId().equals(studyId))
                .filter(row -> row.state().name().equals(suggested.path("state").asText()))
                .map(row -> Views.detailed(row, studies.file(studyId)));
        return suggested.has("warnings") ? stored.map(study -> study.with(warnings(suggested))) : stored;
    }

    private static List<Warning> warnings(JsonNode suggested) {
        List<Warning> warnings = new ArrayList<>();
        suggested
                .path("warnings")
                .forEach(warning -> warnings.add(new Warning(
                        warning.path("field").asText(),
                        warning.path("code").asText(),
                        warning.path("message").asText())));
        return warnings;
    }
}
