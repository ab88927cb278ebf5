package io.trialstream.contracts.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Spaces as people, programs and cats write them: most are sound, some are deep, and some hold what nothing stores. */
final class RandomTrees {
    private static final List<String> TEXTS = List.of(
            "a", "Adam", "", " ", "ü", "日本", "😀", "x\ny", "\t", "\u0001", "=1+1", "null", "\\u0000", "'", "\"", "~",
            "\u2028");
    private static final List<String> BAD = List.of("x\0y", "\0", "\uD83D", "\uDE00x");
    private static final List<Object> NUMBERS = List.of(
            0,
            -1,
            3,
            1L << 53,
            -(1L << 53),
            (1L << 53) + 1,
            0.1,
            1e-300,
            4.9e-324,
            1.7976931348623157e308,
            -0.0,
            Double.NaN,
            Double.POSITIVE_INFINITY);

    private RandomTrees() {}

    /** A space; about half of them are sound. */
    static Object space(SplittableRandom random) {
        int depth = random.nextInt(10) == 0 ? 20 + random.nextInt(90) : random.nextInt(6);
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("p" + text(random), expression(random));
        for (int i = random.nextInt(4); i > 0; i--) {
            space.put(name(random), node(random, depth));
        }
        return random.nextInt(12) == 0 ? space.values().iterator().next() : space;
    }

    private static Object node(SplittableRandom random, int depth) {
        if (depth <= 0) {
            return random.nextBoolean() ? expression(random) : leaf(random);
        }
        return switch (random.nextInt(4)) {
            case 0 -> Collections.singletonList(node(random, depth - 1));
            case 1 -> Collections.singletonMap("constant", node(random, depth - 2));
            case 2 -> {
                Map<String, Object> object = new LinkedHashMap<>();
                object.put(name(random), node(random, depth - 1));
                object.put("second", 2);
                yield object;
            }
            default -> Map.of("choice", Arrays.asList(leaf(random), node(random, depth - 2)));
        };
    }

    private static Object expression(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> Map.of("uniform", List.of(0, 1 + random.nextInt(9)));
            case 1 -> Map.of("loguniform", List.of(-3, 2));
            case 2 -> Map.of("randint", 1 + random.nextInt(1000));
            case 3 -> Map.of("uniformint", List.of(-(1L << 40), 1L << 40));
            case 4 -> Map.of("qlog", List.of(1, 4096, 1));
            case 5 -> Map.of("log", List.of(1e-12, 1e12));
            case 6 -> Map.of("label", "label " + text(random) + random.nextInt(1000), "normal", List.of(0, 1));
            default -> choice(random);
        };
    }

    private static Object choice(SplittableRandom random) {
        List<Object> options = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            options.add(leaf(random));
        }
        return Map.of("choice", options);
    }

    private static Object leaf(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt(4) == 0 ? NUMBERS.get(random.nextInt(NUMBERS.size())) : random.nextInt(100);
            case 3 -> random.nextDouble();
            case 4 -> text(random).repeat(random.nextInt(300));
            default -> text(random);
        };
    }

    private static String name(SplittableRandom random) {
        return "n" + random.nextInt(1000) + text(random);
    }

    private static String text(SplittableRandom random) {
        List<String> from = random.nextInt(40) == 0 ? BAD : TEXTS;
        return from.get(random.nextInt(from.size()));
    }
}
