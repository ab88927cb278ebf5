package io.trialstream.results.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.results.api.Study.Warning;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.StudyRows;
import io.trialstream.results.store.JsonText;
import io.trialstream.results.trainers.TrainerRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Studies as commands answer them: in the form in which readers see them. */
@ApplicationScoped
public class StudyAnswers {
    private final StudyRows studies;
    private final TrainerRegistry trainers;
    private final Clock clock;

    StudyAnswers(StudyRows studies, TrainerRegistry trainers, Clock clock) {
        this.studies = studies;
        this.trainers = trainers;
        this.clock = clock;
    }

    /** What keeps a study from its next trial at the moment, as far as its trainers' heartbeats tell. */
    Optional<Waiting> waitingFor(StudyRow row, Map<String, Object> file) {
        Instant now = clock.instant();
        return Waiting.of(
                row,
                file,
                trainers.trainers().stream().map(seen -> Trainer.of(seen, now)).toList());
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
                .map(this::detailed);
        return suggested.has("warnings") ? stored.map(study -> study.with(warnings(suggested))) : stored;
    }

    private Study detailed(StudyRow row) {
        Map<String, Object> file = JsonText.object(studies.file(row.studyId()));
        return Views.detailed(row, file, waitingFor(row, file));
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
