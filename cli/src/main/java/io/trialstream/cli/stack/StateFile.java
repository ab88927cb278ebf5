package io.trialstream.cli.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import io.trialstream.infrastructure.DirectoryLock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The written-down {@link StackState} of a directory. Safe for use by several processes at a time. */
class StateFile {
    private final StackDirectory directory;
    private final JsonFile<StackState> file;

    StateFile(StackDirectory directory) {
        this.directory = directory;
        this.file = new JsonFile<>(directory.state(), new TypeReference<>() {});
    }

    /** Answers what is written down, empty where no stack was ever started. */
    Optional<StackState> read() {
        return file.read();
    }

    /** Begins anew, forgetting whatever was written down. */
    void reset(StackState state) {
        try (DirectoryLock lock = directory.lockForChange()) {
            file.write(state);
        }
    }

    /**
     * Changes what is written down, alone.
     *
     * @return whether anything was written down; else the change is not made
     */
    boolean change(UnaryOperator<StackState> change) {
        try (DirectoryLock lock = directory.lockForChange()) {
            Optional<StackState> changed = file.read().map(change);
            changed.ifPresent(file::write);
            return changed.isPresent();
        }
    }
}
