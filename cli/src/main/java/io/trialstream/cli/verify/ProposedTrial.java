package io.trialstream.cli.verify;

/**
 * A trial as the ledger has it.
 *
 * @param number its number within the study
 * @param configurationHash names its configuration in the messages
 * @param configuration the digest of its values, see {@link CanonicalJson}
 * @param retrain whether it trains an earlier trial again
 * @param end what the ledger itself says of its end
 */
record ProposedTrial(int number, String configurationHash, String configuration, boolean retrain, End end) {

    /** An end that needs no trainer's report. */
    enum End {
        /** It is to be trained, or has been. */
        NONE,
        /** It came with its result. */
        IMPORTED,
        /** The suggester gave it up or cancelled it. */
        DECIDED
    }
}
