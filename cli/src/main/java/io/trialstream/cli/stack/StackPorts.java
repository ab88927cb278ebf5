package io.trialstream.cli.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import io.trialstream.infrastructure.DirectoryLock;
import io.trialstream.infrastructure.FreePorts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports of a stack, chosen once and kept in its directory: after a restart every address is as before, unless
 * somebody else listens there by now.
 */
final class StackPorts {
    private final StackDirectory directory;
    private final JsonFile<Map<String, Integer>> file;

    StackPorts(StackDirectory directory) {
        this.directory = directory;
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
            ports.put(use, port);
            file.write(ports);
            return port;
        }
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
