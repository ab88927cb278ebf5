package io.trialstream.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The closed-form functions by name: those on which a sampler may be improved, and the hold-out set, on which it may
 * not.
 */
public final class Functions {
    private static final Map<String, Named> ALL = new LinkedHashMap<>();
    private static final Map<String, Named> HOLDOUT = new LinkedHashMap<>();

    private record Named(ToDoubleFunction<Map<String, Object>> formula, double minimum, double noise) {}

    static {
        ALL.put("gate", new Named(ConditionalFunctions::gate, 0, 0));
        ALL.put("classifier", new Named(ConditionalFunctions::classifier, 0, 0));
        ALL.put("augmentation", new Named(ConditionalFunctions::augmentation, 1.797752808988764e-4, 0));
        ALL.put("convnet", new Named(ConditionalFunctions::convnet, 0.38, 0));
        ALL.put("mixed", new Named(PlainFunctions::mixed, 9.523809523809524e-5, 0));
        ALL.put("branin", new Named(PlainFunctions::branin, 0.39788735772973816, 0));
        ALL.put("hartmann6", new Named(PlainFunctions::hartmann6, -3.322368011391339, 0));
        ALL.put("rosenbrock4", new Named(PlainFunctions::rosenbrock4, 0, 0));
        ALL.put("ackley8", new Named(PlainFunctions::ackley8, 0, 0));
        HOLDOUT.put("pipeline", new Named(HoldoutFunctions::pipeline, 0, 0));
        HOLDOUT.put("optimiser", new Named(HoldoutFunctions::optimiser, 0.3, 0.01));
        HOLDOUT.put("ladder", new Named(HoldoutFunctions::ladder, 0, 0));
        HOLDOUT.put("cliff", new Named(HoldoutFunctions::cliff, 0, 0));
        HOLDOUT.put("cells", new Named(HoldoutFunctions::cells, HoldoutFunctions.cellsMinimum(), 0.3));
        HOLDOUT.put("grid", new Named(HoldoutFunctions::grid, 0, 0.01));
        HOLDOUT.put("sparse", new Named(HoldoutFunctions::sparse, 0, 0));
        HOLDOUT.put("levy5", new Named(HoldoutFunctions::levy5, 0, 0));
        HOLDOUT.put("rotated5", new Named(HoldoutFunctions::rotated5, 0, 0));
        HOLDOUT.put("styblinski4", new Named(HoldoutFunctions::styblinski4, -156.66466281508565, 0));
        HOLDOUT.put("camel", new Named(HoldoutFunctions::camel, -1.031628453489878, 0));
    }

    private Functions() {}

    /** The names of those that a sampler may be improved on, conditional functions first. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** The names of the hold-out set, conditional functions first. */
    public static List<String> holdout() {
        return List.copyOf(HOLDOUT.keySet());
    }

    /** The function with a name. */
    public static Objective named(String name) {
        Named function = ALL.getOrDefault(name, HOLDOUT.get(name));
        if (function == null) {
            throw new IllegalArgumentException("no function '" + name + "', only " + names() + " and " + holdout());
        }
        String folder = HOLDOUT.containsKey(name) ? "holdout/" : "functions/";
        return new FunctionObjective(
                name,
                SpaceFile.packaged(folder + name + ".yaml"),
                function.formula(),
                function.minimum(),
                function.noise());
    }
}
