package io.trialstream.cli.stack;

import java.util.Locale;
import java.util.Map;

/** What the stack's trainers compute with. */
public enum TrainerEngine {
    /** Deeplearning4j. */
    DL4J,
    /** PyTorch's C++ library: faster. */
    LIBTORCH;

    /** The module that builds its trainer. */
    String module() {
        return "trainer-service/" + this;
    }

    /**
     * What its process is told beside the trainer's settings. glibc gives each large block back to the system when it
     * is freed, and the next batch pays for having it cleared again: told to keep them, libtorch trains up to half as
     * fast again.
     */
    Map<String, String> environment() {
        return this == LIBTORCH
                ? Map.of("MALLOC_MMAP_MAX_", "0", "MALLOC_TRIM_THRESHOLD_", "8589934592", "MALLOC_TOP_PAD_", "67108864")
                : Map.of();
    }

    /** As commands name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
