package io.trialstream.contracts;

/**
 * Why this release cannot use a record; the constant's name is the code of its {@link DeadLetter}. A dead letter that
 * is read may have another code, of another release: it keeps it as text.
 */
public enum DeadLetterCode {
    /** The value is no JSON. */
    NOT_JSON,
    /** The value is JSON, but no object. */
    NOT_AN_OBJECT,
    /** A required field is absent or null. */
    MISSING_FIELD,
    /** A field has a value that it must not have. */
    INVALID_FIELD,
    /** The record has no value, on a topic where every record needs one. */
    NO_VALUE,
    /** The record names a study that does not exist. */
    UNKNOWN_STUDY,
    /** The record names a trial that does not exist. */
    UNKNOWN_TRIAL,
    /** The record names another configuration than that of its trial. */
    CONFIGURATION_MISMATCH,
    /** The record's run belongs to another trial. */
    WRONG_TRIAL,
    /** The database cannot store the record. */
    NOT_STORABLE
}
