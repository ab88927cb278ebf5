package io.trialstream.cli.stack;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The processes of a stack as their keeper sees them. Once found they are held by their handles, which a clock that is
 * set cannot confuse, and the keeper's own children leave their exit codes. Safe for use by several threads.
 */
final class Watched {
    private final Map<Long, ProcessHandle> handles = new ConcurrentHashMap<>();
    private final Map<Long, Process> children = new ConcurrentHashMap<>();

    /** Takes care of a process that has just been started. */
    void add(Process child) {
        children.put(child.pid(), child);
        handles.put(child.pid(), child.toHandle());
    }

    boolean isAlive(StackProcess process) {
        return living(process).isPresent();
    }

    /** Answers the handle of {@code process} if that lives. */
    Optional<ProcessHandle> living(StackProcess process) {
        ProcessIdentity identity = process.identity();
        identity.living().ifPresent(handle -> handles.putIfAbsent(identity.pid(), handle));
        return Optional.ofNullable(handles.get(identity.pid())).filter(ProcessHandle::isAlive);
    }

    /** Answers what {@code process} exited with, if it was this process's child. */
    OptionalInt exitCode(StackProcess process) {
        Process child = children.get(process.identity().pid());
        return child == null || child.isAlive() ? OptionalInt.empty() : OptionalInt.of(child.exitValue());
    }

    /** Forgets a process that has ended. */
    void forget(StackProcess process) {
        children.remove(process.identity().pid());
        handles.remove(process.identity().pid());
    }
}
