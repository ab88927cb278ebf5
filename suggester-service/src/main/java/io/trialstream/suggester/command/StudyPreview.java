package io.trialstream.suggester.command;

import io.trialstream.contracts.study.StudySpec;
import io.trialstream.space.Problem;
import io.trialstream.suggester.command.StudySummary.ObjectiveView;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A study file that could be created as it is.
 *
 * @param name the study's name
 * @param objective what it would optimise
 * @param budget when it would be over
 * @param parameters how many parameters its space has
 * @param spec the study file, defaults filled in
 * @param warnings what is allowed in it but probably a mistake
 */
@Schema(name = "StudyPreview")
public record StudyPreview(
        String name,
        ObjectiveView objective,
        Object budget,
        int parameters,
        Map<String, Object> spec,
        List<StudyWarning> warnings) {

    static StudyPreview of(StudySpec spec, List<Problem> warnings) {
        return new StudyPreview(
                spec.name(),
                ObjectiveView.of(spec.objective()),
                spec.toTree().get("budget"),
                spec.space().parameters().size(),
                spec.toTree(),
                warnings.stream().map(StudyWarning::of).toList());
    }
}
