package io.trialstream.suggester.state;

import io.trialstream.contracts.ImportedResult;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Retrain;
import io.trialstream.contracts.SamplerStamp;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TrialId;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.contracts.study.TrainingSettings;
import io.trialstream.space.Configuration;
import io.trialstream.tpe.Sampler;
import io.trialstream.tpe.Samplers;
import io.trialstream.tpe.Suggestion;
import io.trialstream.tpe.SuggestionRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns what is known of a study into its next trial. A proposal's configuration is a function of the study's seed, the
 * trial's number, the evidence up to the watermark, the pending trials and the sampler's version; the ledger record
 * holds all of these.
 */
public final class Proposer {
    private final Sampler sampler;

    /**
     * The proposer of a study.
     *
     * @throws io.trialstream.tpe.InvalidSamplerException if the study's sampler settings are wrong
     */
    public Proposer(StudySpec spec) {
        this(Samplers.create(
                spec.sampler(), spec.space(), spec.budget().trials().orElse(0)));
    }

    /** A proposer that asks this sampler. */
    public Proposer(Sampler sampler) {
        this.sampler = sampler;
    }

    /** What the suggestion of the study's next trial depends on, as it is now. */
    public static Draft draft(StudyHistory history) {
        SuggestionRequest request = new SuggestionRequest(
                history.spec().seed().orElse(0), history.record().nextNumber(), history.evidence());
        return new Draft(request, history.watermark(), history.pending());
    }

    /** Asks the sampler. Thread-safe: the only method that takes long, and that depends on the draft alone. */
    public Suggestion suggest(Draft draft) {
        return sampler.suggest(draft.request());
    }

    /**
     * The trial of a suggestion, dispatched once.
     *
     * @param now the time that the record shows, for people
     */
    public LedgerRecord proposed(String studyId, Draft draft, Suggestion.Suggested suggested, Instant now) {
        Origin origin = suggested.origin() == io.trialstream.tpe.Origin.MODEL ? Origin.MODEL : Origin.STARTUP;
        return LedgerRecord.proposed(
                new TrialId(studyId, draft.number()),
                LedgerRecord.Point.of(suggested.configuration()),
                origin,
                new LedgerRecord.Basis(draft.watermark(), draft.pending(), stamp()),
                now);
    }

    /** A trial of a configuration that the user gave; it waits to be dispatched. */
    public LedgerRecord enqueued(StudyHistory history, int number, Configuration configuration, Instant now) {
        return LedgerRecord.enqueued(
                trialId(history, number),
                LedgerRecord.Point.of(configuration),
                new LedgerRecord.Basis(history.watermark(), history.pending(), stamp()),
                now);
    }

    /** A trial that was imported with its result: no suggestion, so it depends on no evidence. */
    public LedgerRecord imported(
            StudyHistory history, int number, Configuration configuration, ImportedResult result, Instant now) {
        return LedgerRecord.imported(
                trialId(history, number), LedgerRecord.Point.of(configuration), result, stamp(), now);
    }

    /** A trial that trains an earlier one again; no suggestion, so it depends on no evidence. It waits for a slot. */
    public LedgerRecord retrain(
            StudyHistory history, int number, Configuration configuration, Retrain retrain, Instant now) {
        return LedgerRecord.retrain(
                trialId(history, number), LedgerRecord.Point.of(configuration), retrain, stamp(), now);
    }

    /** The queue record of a trial. One that trains an earlier trial again has that trial's seed. */
    public static Proposal proposal(StudyRecord study, LedgerRecord ledger) {
        StudySpec spec = study.spec();
        Optional<Retrain> retrain = ledger.retrain();
        TrainingSettings training = retrain.flatMap(Retrain::epochs)
                .map(spec.training()::withEpochs)
                .orElse(spec.training());
        return new Proposal(
                ledger.studyId(),
                ledger.number(),
                ledger.dispatch(),
                ledger.configuration(),
                ledger.configurationHash(),
                spec.objective(),
                training,
                trialSeed(spec.seed().orElse(0), retrain.map(Retrain::number).orElse(ledger.number())),
                retrain.isPresent());
    }

    /**
     * The seed of a trial's weights and data order: the output of SplitMix64 (Steele, Lea and Flood 2014) at position
     * {@code number + 1} of the stream that begins at the study's seed, cut to 53 bits so that JSON readers of every
     * language hold it exactly.
     */
    static long trialSeed(long studySeed, int number) {
        long z = studySeed + 0x9E3779B97F4A7C15L * (number + 1L);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) >>> 11;
    }

    private SamplerStamp stamp() {
        return new SamplerStamp(sampler.type(), sampler.version());
    }

    private static TrialId trialId(StudyHistory history, int number) {
        return new TrialId(history.record().studyId(), number);
    }
}
