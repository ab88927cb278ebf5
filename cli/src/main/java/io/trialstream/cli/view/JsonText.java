package io.trialstream.cli.view;

import com.fasterxml.jackson.databind.JsonNode;

/** JSON for machines and for the curious. */
public final class JsonText {
    private JsonText() {}

    /** Answers the document, indented. */
    public static String of(JsonNode document) {
        return document.toPrettyString();
    }
}
