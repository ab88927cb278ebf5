package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.view.JsonText;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option that asks for JSON instead of text for people. */
final class JsonOption {
    @Option(names = "--json", description = "Write JSON, in the form that the REST interface answers.")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }

    /** Writes the document, or the text where JSON is not wanted. */
    void show(Session session, JsonNode document, Supplier<List<String>> text) {
        if (wanted) {
            session.terminal().line(JsonText.of(document));
        } else {
            session.terminal().lines(text.get());
        }
    }
}
