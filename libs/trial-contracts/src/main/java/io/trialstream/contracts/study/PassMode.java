package io.trialstream.contracts.study;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a configuration reaches a program. */
public enum PassMode {
    /** In the trial's file alone. */
    JSON,
    /** Also as {@code --optimizer.lr=0.1}. */
    FLAGS,
    /** Also as {@code optimizer.lr=0.1}. */
    HYDRA,
    /** Also as environment variables: {@code HP_OPTIMIZER_LR=0.1}. */
    ENV;

    static final List<String> NAMES =
            Arrays.stream(values()).map(PassMode::text).toList();

    static PassMode of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As a program's definition names it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
