package io.trialstream.trainer.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.study.PassMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A configuration as words of a command line or variables, for programs that read no file. Nested objects are dotted; a
 * list is JSON. The choice "none" is left out, except for Hydra, which has a word for it.
 *
 * @param words after the command's own
 * @param variables of the environment
 */
record PassedConfiguration(List<String> words, Map<String, String> variables) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static PassedConfiguration of(Map<String, Object> configuration, PassMode mode) {
        Map<String, Object> flat = new LinkedHashMap<>();
        flatten("", configuration, flat);
        List<String> words = new ArrayList<>();
        Map<String, String> variables = new LinkedHashMap<>();
        flat.forEach((name, value) -> {
            if (value == null && mode != PassMode.HYDRA) {
                return;
            }
            switch (mode) {
                case JSON -> {}
                case FLAGS -> words.add("--" + name + "=" + text(value));
                case HYDRA -> words.add(name + "=" + text(value));
                case ENV -> variables.put("HP_" + variable(name), text(value));
            }
        });
        return new PassedConfiguration(words, variables);
    }

    private static void flatten(String prefix, Map<?, ?> tree, Map<String, Object> flat) {
        tree.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> nested) {
                flatten(name + ".", nested, flat);
            } else {
                flat.put(name, value);
            }
        });
    }

    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
        }
    }
}
