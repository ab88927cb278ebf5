package io.trialstream.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans for processes that cost nothing: shell scripts that write their ready file and then do as they are told. */
final class TinyProcesses implements AutoCloseable {
    private final StackDirectory directory;
    private final Map<String, String> scripts = new HashMap<>();
    private final List<String> failing = new ArrayList<>();

    TinyProcesses(StackDirectory directory) {
        this.directory = directory;
    }

    /** What the process of this name does, instead of living until it is told to end. */
    TinyProcesses script(String name, String script) {
        scripts.put(name, script);
        return this;
    }

    /** Cannot be planned any more. */
    void failToPlan(String name) {
        failing.add(name);
    }

    ProcessPlan plan(StackProcess process, StackState stack) {
        if (failing.contains(process.name())) {
            throw new StackException("port 5 of " + process.name() + " is taken by another process");
        }
        return plan(process.name(), process.role());
    }

    ProcessPlan plan(String name, Role role) {
        String ready = directory.ready(name).toString();
        String script = scripts.getOrDefault(name, "touch \"$1\"; while :; do sleep 0.3; done");
        return new ProcessPlan(
                name,
                role,
                "at " + name,
                List.of("sh", "-c", script, StackMark.of(directory, name), ready),
                Map.of(),
                () -> Files.exists(directory.ready(name)) ? Optional.empty() : Optional.of("not yet"));
    }

    /** Ends whatever carries the directory's mark, and what is written down. */
    @Override
    public void close() throws IOException {
        new StateFile(directory).read().ifPresent(stack -> stack.living()
                .forEach(process -> process.identity().living().ifPresent(ProcessHandle::destroyForcibly)));
        StackMark.find(directory)
                .forEach(process -> process.identity().living().ifPresent(ProcessHandle::destroyForcibly));
    }
}
