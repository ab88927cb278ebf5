package io.trialstream.cli.stack;

import java.util.Locale;

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

    /** As commands name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
