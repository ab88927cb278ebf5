package io.trialstream.results.api;

import io.trialstream.contracts.StudyState;
import io.trialstream.results.read.StudyRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a running study cannot start another trial at the moment.
 *
 * @param code {@code PAUSED}, {@code NO_TRAINERS}, {@code BUDGET_GIVEN_OUT}, {@code CONCURRENCY_REACHED} or {@code
 *     SLOTS_BUSY}
 * @param text the same for people
 */
@Schema(
        name = "Waiting",
        description =
                "Why a study that has not ended begins no further trial at the moment: it is PAUSED; its pool has NO_TRAINERS; "
                        + "BUDGET_GIVEN_OUT, what is left of it runs; CONCURRENCY_REACHED; all SLOTS_BUSY with other studies")
public record Waiting(
        @Schema(examples = "NO_TRAINERS") String code, @Schema(examples = "pool py has no trainers") String text) {
    private static final String DEFAULT_POOL = "default";

    /**
     * What a study waits for.
     *
     * @param file its study file's tree
     * @param trainers all that have been heard of
     * @return empty if the study has ended or can start its next trial
     */
    static Optional<Waiting> of(StudyRow study, Map<String, Object> file, List<Trainer> trainers) {
        int open = study.counts().queued() + study.counts().running();
        if (study.state() == StudyState.PAUSED) {
            return Optional.of(new Waiting("PAUSED", open == 0 ? "it is paused" : "it is paused; " + stillOpen(open)));
        }
        if (study.state() != StudyState.RUNNING) {
            return Optional.empty();
        }
        String pool = file.get("pool") instanceof String name ? name : DEFAULT_POOL;
        List<Trainer> ready = trainers.stream()
                .filter(trainer ->
                        trainer.pool().equals(pool) && trainer.state().equals("READY"))
                .toList();
        if (ready.isEmpty()) {
            return Optional.of(new Waiting("NO_TRAINERS", "pool " + pool + " has no trainers"));
        }
        if (budget(study)
                        .filter(trials -> study.counts().counted() + open >= trials)
                        .isPresent()
                && open > 0) {
            return Optional.of(new Waiting("BUDGET_GIVEN_OUT", "the budget is given out; " + stillOpen(open)));
        }
        if (file.get("concurrency") instanceof Number most && open >= most.intValue()) {
            return Optional.of(
                    new Waiting("CONCURRENCY_REACHED", "it runs " + open + " trials at once, its concurrency"));
        }
        int slots = ready.stream().mapToInt(Trainer::slots).sum();
        List<Trainer.Busy> busy =
                ready.stream().flatMap(trainer -> trainer.runs().stream()).toList();
        boolean others = busy.stream().noneMatch(run -> run.studyId().equals(study.studyId()));
        return busy.size() >= slots && others
                ? Optional.of(new Waiting(
                        "SLOTS_BUSY", "all " + slots + " slots of pool " + pool + " are busy with other studies"))
                : Optional.empty();
    }

    private static String stillOpen(int open) {
        return open == 1 ? "1 trial is still to end" : open + " trials are still to end";
    }

    private static Optional<Integer> budget(StudyRow study) {
        return Views.budget(study).get("trials") instanceof Number trials
                ? Optional.of(trials.intValue())
                : Optional.empty();
    }
}
