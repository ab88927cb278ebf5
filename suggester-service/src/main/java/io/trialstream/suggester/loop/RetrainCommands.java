package io.trialstream.suggester.loop;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Retrain;
import io.trialstream.space.Configuration;
import io.trialstream.suggester.loop.StudyRefusedException.Code;
import io.trialstream.suggester.study.OpenTrial;
import io.trialstream.suggester.study.StudyHistory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Has trials trained again for what they leave. Thread-safe. */
@ApplicationScoped
public class RetrainCommands {
    private final SuggesterLoop loop;

    /** Requests are performed on this loop. */
    public RetrainCommands(SuggesterLoop loop) {
        this.loop = loop;
    }

    /**
     * A retrain.
     *
     * @param trialId the new trial's identity
     * @param retrainOf the identity of the trial that it trains again
     * @param epochs how many epochs it trains
     */
    public record Retrained(String trialId, String retrainOf, int epochs) {}

    /**
     * Adds a trial that trains an earlier one again, with that trial's configuration and seed. It takes the next free
     * slot, whatever the state of the study; it is no evidence and takes nothing of the budget.
     *
     * @param number the earlier trial; empty for the best completed one
     * @param epochs how many epochs to train; empty for the study's
     * @return the new trial, after the commit; fails with {@link StudyRefusedException} where the earlier trial was not
     *     trained to an end, or where it is being trained again in the same way
     */
    public CompletableFuture<Retrained> retrain(String idOrName, Optional<Integer> number, Optional<Integer> epochs) {
        return loop.submit(action(idOrName, number, epochs));
    }

    static Request.Action<Retrained> action(String idOrName, Optional<Integer> number, Optional<Integer> epochs) {
        return (desk, changes) -> {
            ActiveStudy study = StudyCommands.find(desk, idOrName);
            StudyHistory history = study.history();
            Retrain retrain = new Retrain(number.orElseGet(() -> best(history)), epochs);
            Configuration configuration = history.trained(retrain.number())
                    .orElseThrow(() -> new StudyRefusedException(
                            Code.NOT_TRAINED,
                            "trial " + retrain.number() + " is not one that the study's search has trained to an end"));
            refuseUnderWay(history, retrain);
            LedgerRecord record = StudyCommands.proposerOf(study)
                    .retrain(
                            history,
                            history.record().nextNumber(),
                            configuration,
                            retrain,
                            desk.decisions().clock().instant());
            desk.decisions().study(study, history.record().withNumbersGiven(1), changes);
            desk.decisions().ledger(study, record, changes);
            return new Retrained(
                    record.trialId().toString(),
                    history.record().studyId() + ":" + retrain.number(),
                    epochs.orElse(history.spec().training().epochs()));
        };
    }

    private static int best(StudyHistory history) {
        return history.best()
                .map(Outcome::number)
                .orElseThrow(() -> new StudyRefusedException(
                        Code.NOT_TRAINED, "the study has no completed trial yet that could be trained again"));
    }

    private static void refuseUnderWay(StudyHistory history, Retrain retrain) {
        history.openRetrains().stream()
                .map(OpenTrial::ledger)
                .filter(other -> other.retrain().equals(Optional.of(retrain)) && !other.hasEnded())
                .findFirst()
                .ifPresent(other -> {
                    throw new StudyRefusedException(
                            Code.RETRAIN_UNDER_WAY,
                            "trial " + retrain.number() + " is being trained again as trial " + other.number());
                });
    }
}
