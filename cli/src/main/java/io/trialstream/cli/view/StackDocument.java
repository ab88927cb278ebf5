package io.trialstream.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.cli.stack.LocalStack;
import io.trialstream.cli.stack.StackProcess;
import io.trialstream.cli.stack.StackState;
import java.util.List;

/** What runs of a stack, for programs. */
public final class StackDocument {
    private StackDocument() {}

    /**
     * Answers {@code directory}, {@code running}, {@code url} while the results service runs, and {@code processes}
     * with {@code name}, {@code state} ({@code RUNNING}, {@code LEAVING} or {@code ENDED}), {@code address},
     * {@code log}, and {@code pid} unless it has ended.
     */
    public static JsonNode of(LocalStack stack) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("directory", stack.directory().root().toString())
                .put("running", stack.isRunning());
        stack.url().ifPresent(url -> document.put("url", url));
        ArrayNode processes = document.putArray("processes");
        for (StackProcess process : stack.state().map(StackState::processes).orElse(List.of())) {
            boolean alive = process.isAlive();
            ObjectNode item = processes
                    .addObject()
                    .put("name", process.name())
                    .put("state", alive ? process.leaving() ? "LEAVING" : "RUNNING" : "ENDED")
                    .put("address", process.address())
                    .put("log", stack.directory().log(process.name()).toString());
            if (alive) {
                item.put("pid", process.identity().pid());
            }
        }
        return document;
    }
}
