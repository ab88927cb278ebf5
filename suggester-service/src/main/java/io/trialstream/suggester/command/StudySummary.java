package io.trialstream.suggester.command;

import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.study.Objective;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.space.Problem;
import io.trialstream.suggester.state.OpenTrial;
import io.trialstream.suggester.state.StudyHistory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A study as the suggester shows it.
 *
 * @param studyId its identity
 * @param name its name
 * @param state where it stands
 * @param stateReason why, where that is not obvious
 * @param objective what it optimises
 * @param trials trials by state, in lower case: {@code open} for those without an outcome, of which some are {@code
 *     queued} and some {@code running}, and the final states
 * @param evidenceWatermark the newest evidence that the next suggestion sees
 * @param best the best completed trial
 * @param revision counts the changes of the study from 1
 * @param createdAt when it was created
 * @param spec the study file, defaults filled in
 * @param warnings what is allowed in the study file but probably a mistake; in the answer to its creation
 */
@Schema(name = "Study")
public record StudySummary(
        String studyId,
        String name,
        StudyState state,
        Optional<Reason> stateReason,
        ObjectiveView objective,
        Map<String, Integer> trials,
        long evidenceWatermark,
        Optional<BestTrial> best,
        long revision,
        Instant createdAt,
        @Schema(type = SchemaType.OBJECT, description = "The study file, defaults filled in") StudySpec spec,
        Optional<List<StudyWarning>> warnings) {

    /**
     * What a study optimises.
     *
     * @param metric a metric that the workload reports each epoch
     * @param direction {@code maximize} or {@code minimize}, as study files have it
     */
    public record ObjectiveView(String metric, String direction) {

        static ObjectiveView of(Objective objective) {
            return new ObjectiveView(
                    objective.metric(), objective.direction().name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * The best completed trial.
     *
     * @param trialId its identity
     * @param number its number
     * @param objective its objective
     */
    public record BestTrial(String trialId, int number, double objective) {

        static BestTrial of(Outcome outcome) {
            return new BestTrial(
                    outcome.trialId().toString(),
                    outcome.number(),
                    outcome.objective().orElseThrow());
        }
    }

    static StudySummary of(StudyHistory history) {
        Map<String, Integer> trials = new LinkedHashMap<>();
        int running = (int) history.open().stream().filter(OpenTrial::isStarted).count();
        trials.put("open", history.progress().open());
        trials.put("queued", history.open().size() - running);
        trials.put("running", running);
        history.progress()
                .all()
                .forEach((state, count) -> trials.put(state.name().toLowerCase(Locale.ROOT), count));
        return new StudySummary(
                history.record().studyId(),
                history.spec().name(),
                history.record().state(),
                history.record().stateReason(),
                ObjectiveView.of(history.spec().objective()),
                trials,
                history.watermark(),
                history.best().map(BestTrial::of),
                history.record().revision(),
                history.record().createdAt(),
                history.spec(),
                Optional.empty());
    }

    /** The same with warnings about its study file. */
    StudySummary withWarnings(List<Problem> problems) {
        return new StudySummary(
                studyId,
                name,
                state,
                stateReason,
                objective,
                trials,
                evidenceWatermark,
                best,
                revision,
                createdAt,
                spec,
                Optional.of(problems.stream().map(StudyWarning::of).toList()));
    }
}
