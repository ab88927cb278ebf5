package io.trialstream.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.StackStatus;

/** What runs of a stack, for programs. */
public final class StackDocument {
    private StackDocument() {}

    /**
     * Answers {@code directory}, {@code running}, {@code phase} where a stack was ever started, {@code url} while the
     * results service runs, {@code notices} (sentences about what is not as it should be), and {@code processes} with
     * {@code name}, {@code state} ({@code STARTING}, {@code RUNNING}, {@code UNREADY}, {@code LEAVING}, {@code ENDED}
     * or {@code FAILED}), {@code address}, {@code log}, {@code restarts}, {@code pid} unless it has ended, and, where
     * there is something to say, {@code endedAt} and {@code note}: why it is in its state, or has ended before.
     */
    public static JsonNode of(LocalStack stack, StackStatus status) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("directory", status.directory().toString())
                .put("running", status.isRunning());
        status.phase().ifPresent(phase -> document.put("phase", phase.name()));
        stack.url().ifPresent(url -> document.put("url", url));
        ArrayNode notices = document.putArray("notices");
        status.notices().forEach(notices::add);
        ArrayNode processes = document.putArray("processes");
        for (StackStatus.Line line : status.processes()) {
            ObjectNode item = processes
                    .addObject()
                    .put("name", line.name())
                    .put("state", line.state().name())
                    .put("address", line.address())
                    .put("log", stack.directory().log(line.name()).toString())
                    .put("restarts", line.restarts());
            line.pid().ifPresent(pid -> item.put("pid", pid));
            line.endedAt().ifPresent(at -> item.put("endedAt", at.toString()));
            if (!line.note().isEmpty()) {
                item.put("note", line.note());
            }
        }
        return document;
    }
}
