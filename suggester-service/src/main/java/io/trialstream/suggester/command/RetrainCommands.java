package io.trialstream.suggester.command;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Retrain;
import io.trialstream.space.Configuration;
import io.trialstream.suggester.command.StudyRefusedException.Code;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.OpenTrial;
import io.trialstream.suggester.state.StudyHistory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Retrains trials to keep their artifacts. Thread-safe. */
@ApplicationScoped
public class RetrainCommands {
    private final CommandExecutor executor;

    /** Requests are performed by this executor. */
    public RetrainCommands(CommandExecutor executor) {
        this.executor = executor;
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
        return executor.submit((context, commit) -> {
            ActiveStudy study = context.study(idOrName);
            StudyHistory history = study.history();
            Retrain retrain = new Retrain(number.orElseGet(() -> best(history)), epochs);
            Configuration configuration = history.trained(retrain.number())
                    .orElseThrow(() -> new StudyRefusedException(
                            Code.NOT_TRAINED,
                            "trial " + retrain.number() + " is not one that the study's search has trained to an end"));
            refuseUnderWay(history, retrain);
            LedgerRecord record = RequestContext.proposer(study)
                    .retrain(
                            history,
                            history.record().nextNumber(),
                            configuration,
                            retrain,
                            context.decisions().now());
            context.updates().add(study, List.of(record), commit);
            return new Retrained(
                    record.trialId().toString(),
                    history.record().studyId() + ":" + retrain.number(),
                    epochs.orElse(history.spec().training().epochs()));
        });
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
