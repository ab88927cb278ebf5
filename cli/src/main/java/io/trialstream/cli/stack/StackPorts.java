package io.trialstream.cli.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import io.trialstream.infrastructure.DirectoryLock;
import io.trialstream.infrastructure.FreePorts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The ports of a stack, chosen once and kept in its directory: after a restart every address is as before. Where
 * somebody else listens by now, a new stack moves and says so; a single process of a running one must not, since the
 * others know its address.
 */
final class StackPorts {
    private final StackDirectory directory;
    private final Consumer<String> narrator;
    private final JsonFile<Map<String, Integer>> file;

    StackPorts(StackDirectory directory, Consumer<String> narrator) {
        this.directory = directory;
        this.narrator = narrator;
        this.file = new JsonFile<>(directory.ports(), new TypeReference<>() {});
    }

    /** Answers a port for {@code use}, which is free now: the one it had before, else a new one. */
    int free(String use) {
        try (DirectoryLock lock = directory.lockForChange()) {
            Map<String, Integer> ports = new LinkedHashMap<>(file.read().orElse(Map.of()));
            Integer before = ports.get(use);
            if (before != null && FreePorts.isFree(before)) {
                return before;
            }
            int port = FreePorts.one();
            while (ports.containsValue(port)) {
                port = FreePorts.one();
            }
            if (before != null) {
                narrator.accept("port " + before + " of " + use + " is taken by another process; now " + port);
            }
            ports.put(use, port);
            file.write(ports);
            return port;
        }
    }

    /** Answers the port that {@code use} has, which must be free; chooses one where it has none yet. */
    int kept(String use) {
        OptionalInt before = of(use);
        if (before.isEmpty()) {
            return free(use);
        }
        if (!FreePorts.isFree(before.getAsInt())) {
            throw new StackException("port " + before.getAsInt() + " of " + use + " is taken by another process");
        }
        return before.getAsInt();
    }

    /** Answers the port that {@code use} has, taken or not. */
    OptionalInt of(String use) {
        Integer port = file.read().orElse(Map.of()).get(use);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** Makes {@code use} have this port from now on. */
    void set(String use, int port) {
        if (!FreePorts.isFree(port)) {
            throw new StackException("port " + port + " is taken by another process");
        }
        try (DirectoryLock lock = directory.lockForChange()) {
            Map<String, Integer> ports = new LinkedHashMap<>(file.read().orElse(Map.of()));
            ports.put(use, port);
            file.write(ports);
        }
    }
}
