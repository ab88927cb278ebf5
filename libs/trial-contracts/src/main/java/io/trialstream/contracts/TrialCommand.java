package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.Optional;

/**
 * The suggester's word to whoever runs a trial. It takes effect only through the trainer's report.
 *
 * @param commandId names the command, so that a report can say which one it obeyed
 * @param studyId the trial's study
 * @param number the trial's number within the study
 * @param dispatch the dispatch that the command speaks of; for SUPERSEDE the new one
 * @param kind what is asked
 * @param runId the run that is meant: always for STUCK, never otherwise
 * @param reason why, for people
 * @param at when, by the suggester's clock
 * @param immediate of a CANCEL: end the trial between two batches and not only at the epoch's end; absent in JSON where
 *     it is false
 */
public record TrialCommand(
        String commandId,
        String studyId,
        int number,
        int dispatch,
        Kind kind,
        Optional<String> runId,
        String reason,
        Instant at,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY) boolean immediate)
        implements Message {

    /** A command that takes effect when its kind usually does. */
    public TrialCommand(
            String commandId,
            String studyId,
            int number,
            int dispatch,
            Kind kind,
            Optional<String> runId,
            String reason,
            Instant at) {
        this(commandId, studyId, number, dispatch, kind, runId, reason, at, false);
    }

    /** What a command asks. */
    public enum Kind {
        /** End the trial as PRUNED at the epoch's end. */
        PRUNE,
        /** End the trial as CANCELLED at the epoch's end, or at once. */
        CANCEL,
        /** Give this run up: it shows no progress. */
        STUCK,
        /** Records with an older dispatch are not to be started any more. */
        SUPERSEDE
    }

    /** Refuses absent fields, a STUCK without its run, any other kind with one, and haste where nothing is cancelled. */
    public TrialCommand {
        Require.id("commandId", commandId);
        Require.studyId(studyId);
        Require.atLeast("number", 0, number);
        Require.atLeast("dispatch", 1, dispatch);
        Require.present("kind", kind);
        runId = runId == null ? Optional.empty() : runId;
        runId.ifPresent(id -> Require.id("runId", id));
        if ((kind == Kind.STUCK) != runId.isPresent()) {
            throw new IllegalArgumentException(
                    "runId belongs to STUCK commands and to no other, got " + kind + " with " + runId);
        }
        if (immediate && kind != Kind.CANCEL) {
            throw new IllegalArgumentException("immediate belongs to CANCEL commands and to no other, got " + kind);
        }
        Require.text("reason", reason);
        Require.present("at", at);
    }

    /** The same CANCEL, which takes effect at once. */
    public TrialCommand immediately() {
        return new TrialCommand(commandId, studyId, number, dispatch, kind, runId, reason, at, true);
    }

    /**
     * The key of its record, {@code studyId:number/KIND}: on the compacted topic a command hides only older ones of its
     * own kind.
     */
    public String key() {
        return trialId() + "/" + kind;
    }

    /** The trial that a record of this key speaks of, in this form or in the earlier one without the kind. */
    public static TrialId trialOf(String key) {
        int end = key.lastIndexOf('/');
        return TrialId.parse(end < 0 ? key : key.substring(0, end));
    }

    /** The trial that is meant. */
    public TrialId trialId() {
        return new TrialId(studyId, number);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
