package io.trialstream.contracts.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A valid study file as a tree, and changes of it. */
final class StudyFiles {
    private StudyFiles() {}

    /** Every field is given, in the order in which it is written. */
    static Map<String, Object> complete() {
        Map<String, Object> study = new LinkedHashMap<>();
        study.put("name", "complete");
        study.put("objective", object("metric", "fine_accuracy", "direction", "maximize"));
        study.put("sampler", object("type", "tree-tpe", "startupTrials", 20, "seed", 42L));
        study.put("budget", object("trials", 200, "trainingTime", "PT24H", "infeasible", 50, "failed", 10));
        study.put("concurrency", 8);
        study.put("pool", "gpu");
        study.put("grid", "exact");
        study.put(
                "training",
                object(
                        "workload",
                        "cifar-cnn",
                        "dataset",
                        "cifar100",
                        "epochs",
                        100,
                        "protocol",
                        "honest",
                        "subset",
                        object("train", 45_000, "validation", 5_000),
                        "widthFactor",
                        1.0));
        study.put("enqueue", List.of(object("x", 0.5, "layers", 2.0)));
        study.put(
                "space", object("x", object("uniform", List.of(0, 1)), "layers", object("quniform", List.of(1, 3, 1))));
        return study;
    }

    /** Nothing is given that has a default. */
    static Map<String, Object> shortest() {
        return object(
                "name", "shortest",
                "objective", object("metric", "objective", "direction", "minimize"),
                "budget", object("trials", 1),
                "training", object("workload", "sleep"),
                "space", object("x", object("uniform", List.of(0, 1))));
    }

    /** The tree with {@code value} at a path such as {@code training.epochs}; null removes the field. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> with(Map<String, Object> tree, String path, Object value) {
        int dot = path.indexOf('.');
        Map<String, Object> changed = new LinkedHashMap<>(tree);
        if (dot >= 0) {
            String first = path.substring(0, dot);
            changed.put(
                    first,
                    with((Map<String, Object>) tree.getOrDefault(first, Map.of()), path.substring(dot + 1), value));
        } else if (value == null) {
            changed.remove(path);
        } else {
            changed.put(path, value);
        }
        return changed;
    }

    static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }

    static Map<String, Object> spaceOf(int parameters) {
        Map<String, Object> space = new LinkedHashMap<>();
        for (int i = 0; i < parameters; i++) {
            space.put("p" + i, object("uniform", List.of(0, 1)));
        }
        return space;
    }

    static List<Object> copies(Object element, int count) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(element);
        }
        return list;
    }
}
