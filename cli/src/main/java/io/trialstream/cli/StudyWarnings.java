package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** What is allowed in a study file but hardly meant, for people: beside what a command answers. */
final class StudyWarnings {
    private StudyWarnings() {}

    /** Writes a line for each warning of the server's answer. */
    static void show(PrintWriter errors, JsonNode answer) {
        answer.path("warnings")
                .forEach(warning ->
                        errors.println("warning: " + warning.path("field").asText() + ": "
                                + warning.path("message").asText()));
        errors.flush();
    }
}
