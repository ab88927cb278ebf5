package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A record that travels on a topic. Its JSON form carries {@code schemaVersion}; changes within a version only add
 * fields, and readers ignore what they do not know.
 */
@JsonPropertyOrder("schemaVersion")
public sealed interface Message
        permits StudyRecord,
                LedgerRecord,
                Proposal,
                TrialCommand,
                TrialReport,
                EpochReport,
                Outcome,
                TrainerEvent,
                DeadLetter {

    /** The version that this build writes and the only one that it reads. */
    int SCHEMA_VERSION = 1;

    /** The version of this message's schema. */
    @JsonProperty("schemaVersion")
    default int schemaVersion() {
        return SCHEMA_VERSION;
    }

    /** Calls the visitor's method for this kind of message. */
    <R> R accept(Visitor<R> visitor);

    /**
     * One method for each kind of message, so that a new kind does not compile until every reader has considered it. A
     * reader that expects only some kinds extends {@link RefusingVisitor}.
     *
     * @param <R> what comes of a message
     */
    interface Visitor<R> {

        /** On {@code studies}. */
        R visit(StudyRecord study);

        /** On {@code trial-ledger}. */
        R visit(LedgerRecord trial);

        /** On {@code trial-proposals.<pool>}. */
        R visit(Proposal proposal);

        /** On {@code trial-commands}. */
        R visit(TrialCommand command);

        /** On {@code trial-reports}; see {@link TrialReport.Visitor} for its cases. */
        R visit(TrialReport report);

        /** On {@code trial-epochs}. */
        R visit(EpochReport epoch);

        /** On {@code trial-outcomes}. */
        R visit(Outcome outcome);

        /** On {@code trainers}; see {@link TrainerEvent.Visitor} for its cases. */
        R visit(TrainerEvent event);

        /** On {@code dead-letters}. */
        R visit(DeadLetter letter);
    }
}
