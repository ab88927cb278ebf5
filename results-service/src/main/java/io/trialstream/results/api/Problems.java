package io.trialstream.results.api;

/** Names the answer that errors have in the OpenAPI document. */
public final class Problems {
    /** The reference of a problem response. */
    public static final String REF = "#/components/responses/Problem";

    private Problems() {}
}
