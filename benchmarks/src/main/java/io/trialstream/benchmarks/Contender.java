package io.trialstream.benchmarks;

import io.trialstream.space.SearchSpace;
import io.trialstream.tpe.Sampler;
import io.trialstream.tpe.Samplers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A sampler that takes part, with its settings. The peers' samplers may repeat themselves here, as the real ones do.
 *
 * @param name how reports call it
 * @param settings the {@code sampler} section of a study
 */
public record Contender(String name, Map<String, ?> settings) {
    /** All samplers with their defaults, ours last. */
    public static final List<String> ALL = List.of("random", "hyperopt", "optuna4", "optuna5", "tree-tpe");
    /** The one that the others are compared with. */
    public static final String OURS = "tree-tpe";

    public Contender {
        Objects.requireNonNull(name, "name");
        settings = Map.copyOf(settings);
    }

    /**
     * Reads {@code type} or {@code type:setting=value:…}.
     *
     * @throws IllegalArgumentException if a setting has no value
     */
    public static Contender parse(String text) {
        String[] parts = text.split(":");
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("type", parts[0]);
        settings.put("deduplicate", parts[0].equals(OURS));
        for (int i = 1; i < parts.length; i++) {
            String[] setting = parts[i].split("=", 2);
            if (setting.length < 2) {
                throw new IllegalArgumentException("a setting is written name=value, not '" + parts[i] + "'");
            }
            settings.put(setting[0], value(setting[1]));
        }
        return new Contender(text, settings);
    }

    private static Object value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (text.matches("-?\\d+")) {
            return Integer.valueOf(text);
        }
        return text.matches("-?[\\d.]+([eE]-?\\d+)?") ? (Object) Double.valueOf(text) : text;
    }

    /** The sampler for a study of so many trials. */
    public Sampler sampler(SearchSpace space, int trials) {
        return Samplers.create(settings, space, trials);
    }
}
