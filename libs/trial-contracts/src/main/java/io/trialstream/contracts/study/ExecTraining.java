package io.trialstream.contracts.study;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Training by a user's own program, which a trainer starts for each trial.
 *
 * @param program a name in the trainers' allow-list, never a command line
 * @param epochs the most epochs that a trial may report
 * @param timeout how long a run may take; empty for no limit of its own
 * @param arguments handed to the program beside the configuration, the same for all trials
 */
public record ExecTraining(String program, int epochs, Optional<Duration> timeout, Map<String, Object> arguments)
        implements TrainingSettings {

    /** The workload's name. */
    public static final String WORKLOAD = "exec";

    /** What a program's name must match. */
    public static final String PROGRAM_PATTERN = "[A-Za-z0-9][A-Za-z0-9_-]{0,47}";

    private static final Duration MAX_TIMEOUT = Duration.ofDays(30);

    /** Copies the arguments. */
    public ExecTraining {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(timeout, "timeout");
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    static ExecTraining read(TreeReader tree) {
        String program = tree.requiredText("program");
        if (program != null && !program.matches(PROGRAM_PATTERN)) {
            tree.problem(
                    "program",
                    "INVALID_FIELD",
                    "must be a program's name (letters, digits, - and _, at most 48), got '" + program + "'");
        }
        int epochs = tree.optionalInt("epochs", 1, 1, MAX_EPOCHS);
        Optional<Duration> timeout = tree.get("timeout") == null
                ? Optional.empty()
                : Optional.of(tree.optionalDuration("timeout", MAX_TIMEOUT, MAX_TIMEOUT));
        timeout.filter(Duration::isZero)
                .ifPresent(zero -> tree.problem("timeout", "INVALID_FIELD", "must be more than PT0S"));
        TreeReader arguments = tree.optionalObject("arguments");
        tree.refuseUnknown();
        return new ExecTraining(
                program == null ? "" : program,
                epochs,
                timeout,
                arguments == null ? Map.of() : withTextKeys(arguments.all()));
    }

    @Override
    public String workload() {
        return WORKLOAD;
    }

    @Override
    public Optional<String> programName() {
        return Optional.of(program);
    }

    @Override
    public Optional<Duration> runLimit() {
        return timeout;
    }

    /** None is known: a program may report what it likes. */
    @Override
    public List<String> metrics() {
        return List.of();
    }

    @Override
    public List<String> requiredKeys() {
        return List.of();
    }

    @Override
    public ExecTraining withEpochs(int newEpochs) {
        return new ExecTraining(program, TrainingSettings.requireEpochs(newEpochs), timeout, arguments);
    }

    @Override
    @JsonValue
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("workload", WORKLOAD);
        tree.put("program", program);
        tree.put("epochs", epochs);
        timeout.ifPresent(limit -> tree.put("timeout", limit.toString()));
        if (!arguments.isEmpty()) {
            tree.put("arguments", arguments);
        }
        return tree;
    }

    private static Map<String, Object> withTextKeys(Map<?, ?> tree) {
        Map<String, Object> texts = new LinkedHashMap<>();
        tree.forEach((key, value) -> texts.put(String.valueOf(key), value));
        return texts;
    }
}
