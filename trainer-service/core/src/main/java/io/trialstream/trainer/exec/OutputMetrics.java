package io.trialstream.trainer.exec;

import io.trialstream.contracts.study.MetricSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds metrics in the lines of an output: by the patterns of the definition, or else by the default one. */
final class OutputMetrics {
    private static final String NUMBER =
            "[-+]?(?:\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?|\\.\\d+(?:[eE][-+]?\\d+)?|(?i:nan|inf(?:inity)?))";
    /** A name, {@code =} or {@code :}, a number. */
    static final Pattern DEFAULT =
            Pattern.compile("(?<![\\w./-])['\"]?(?<name>[A-Za-z_][\\w./-]{0,63})['\"]?\\s{0,8}[=:]\\s{0,8}(?<value>"
                    + NUMBER + ")(?![\\w.%/:])");

    private static final Pattern EPOCH = Pattern.compile("(?i)\\bepoch\\b[\\s:=#\\[(]{0,8}(?<epoch>\\d{1,9})");

    private final Map<String, Pattern> own = new LinkedHashMap<>();
    private final boolean byDefault;
    private final EpochCollector collector;

    /** Without a source there is the default pattern. */
    OutputMetrics(Map<String, MetricSource> sources, EpochCollector collector) {
        sources.forEach((name, source) -> {
            if (source instanceof MetricSource.Output output) {
                own.put(name, output.pattern());
            }
        });
        this.byDefault = sources.isEmpty();
        this.collector = collector;
    }

    /** Whether anything is looked for in the output. */
    boolean isUsed() {
        return byDefault || !own.isEmpty();
    }

    /** What was looked for, for people. */
    String describe() {
        return byDefault
                ? "lines such as 'epoch 3 NAME=0.71' or 'NAME: 1.2e-3' in its output"
                : own.values().toString() + " in its output";
    }

    /** Looks into a line. */
    void line(Lines.Line line) {
        Optional<String> epoch = find(EPOCH, line.text(), "epoch");
        epoch.ifPresent(collector::inEpoch);
        boolean found = byDefault ? byDefault(line.text()) : byPattern(line.text());
        // A line that is written over shows the epoch on its way; one that names no epoch may belong to a longer story.
        if (found && !line.provisional() && (epoch.isPresent() || !collector.isNumbered())) {
            collector.stepEnds();
        }
    }

    private boolean byDefault(String line) {
        boolean found = false;
        Matcher matcher = DEFAULT.matcher(line);
        while (matcher.find()) {
            String name = matcher.group("name");
            if (!name.equalsIgnoreCase("epoch")) {
                collector.value(name, number(matcher.group("value")).orElse(Double.NaN));
                found = true;
            }
        }
        return found;
    }

    private boolean byPattern(String line) {
        boolean found = false;
        for (Map.Entry<String, Pattern> metric : own.entrySet()) {
            Matcher matcher = metric.getValue().matcher(line);
            while (matcher.find()) {
                OptionalDouble value = number(valueOf(matcher, metric.getValue()));
                if (value.isPresent()) {
                    collector.value(metric.getKey(), value.getAsDouble());
                    found = true;
                }
            }
        }
        return found;
    }

    private static String valueOf(Matcher matcher, Pattern pattern) {
        return pattern.pattern().contains("(?<value>") ? matcher.group("value") : matcher.group(1);
    }

    /** Read as programs write numbers; empty where it is none. */
    static OptionalDouble number(String text) {
        if (text == null) {
            return OptionalDouble.empty();
        }
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.matches("[-+]?(nan|inf|infinity)")) {
            return OptionalDouble.of(Double.NaN);
        }
        try {
            return OptionalDouble.of(Double.parseDouble(lower));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static Optional<String> find(Pattern pattern, String line, String group) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Optional.of(matcher.group(group)) : Optional.empty();
    }
}
