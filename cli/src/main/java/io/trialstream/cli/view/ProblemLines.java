package io.trialstream.cli.view;

import io.trialstream.cli.client.Problem;
import io.trialstream.cli.client.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;

/** An error answer: what is wrong, then each field at fault on a line of its own. */
public final class ProblemLines {
    private ProblemLines() {}

    /** Answers the lines. */
    public static List<String> of(Problem problem) {
        List<String> lines = new ArrayList<>();
        boolean fieldsSayIt = !problem.errors().isEmpty() || problem.detail().isBlank();
        lines.add(Printable.of(fieldsSayIt ? problem.title() : problem.title() + ": " + problem.detail()));
        for (FieldError error : problem.errors()) {
            lines.add("  "
                    + Printable.of(error.field().isBlank() ? error.message() : error.field() + ": " + error.message()));
        }
        return lines;
    }
}
