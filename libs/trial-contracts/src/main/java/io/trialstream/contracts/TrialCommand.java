package io.trialstream.contracts;

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
 */
public record TrialCommand(
        String commandId,
        String studyId,
        int number,
        int dispatch,
        Kind kind,
        Optional<String> runId,
        String reason,
        Instant at)
        implements Message {

    /** What a command asks. */
    public enum Kind {
        /** End the trial as PRUNED at the epoch's end. */
        PRUNE,
        /** End the trial as CANCELLED at the epoch's end. */
        CANCEL,
        /** Give this run up: it shows no progress. */
        STUCK,
        /** Records with an older dispatch are not to be started any more. */
        SUPERSEDE
    }

    /** Refuses absent fields, a STUCK without its run and any other kind with one. */
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
        Require.text("reason", reason);
        Require.present("at", at);
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
}
