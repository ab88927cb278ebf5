package io.trialstream.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The closed-form functions by name. */
public final class Functions {
    private static final Map<String, Named> ALL = new LinkedHashMap<>();

    private record Named(ToDoubleFunction<Map<String, Object>> formula, double minimum) {}

    static {
        ALL.put("gate", new Named(ConditionalFunctions::gate, 0));
        ALL.put("classifier", new Named(ConditionalFunctions::classifier, 0));
        ALL.put("augmentation", new Named(ConditionalFunctions::augmentation, 1.797752808988764e-4));
        ALL.put("convnet", new Named(ConditionalFunctions::convnet, 0.38));
        ALL.put("mixed", new Named(PlainFunctions::mixed, 9.523809523809524e-5));
        ALL.put("branin", new Named(PlainFunctions::branin, 0.39788735772973816));
        ALL.put("hartmann6", new Named(PlainFunctions::hartmann6, -3.322368011391339));
        ALL.put("rosenbrock4", new Named(PlainFunctions::rosenbrock4, 0));
        ALL.put("ackley8", new Named(PlainFunctions::ackley8, 0));
    }

    private Functions() {}

    /** All names, conditional functions first. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** The function with a name. */
    public static Objective named(String name) {
        Named function = ALL.get(name);
        if (function == null) {
            throw new IllegalArgumentException("no function '" + name + "', only " + names());
        }
        return new FunctionObjective(
                name, SpaceFile.packaged("functions/" + name + ".yaml"), function.formula(), function.minimum());
    }
}
