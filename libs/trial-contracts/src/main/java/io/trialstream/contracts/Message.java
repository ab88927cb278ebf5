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
}
