package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Seeded random spaces with every distribution, nested, and evidence in them. */
final class RandomSpaces {
    private RandomSpaces() {}

    /** A space of up to five members, three levels deep at most. */
    static SearchSpace space(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Object> tree = new LinkedHashMap<>();
        int members = 1 + random.nextInt(5);
        for (int i = 0; i < members; i++) {
            tree.put("m" + i, node(random, 3));
        }
        return SearchSpace.read(tree, random.nextBoolean() ? GridPolicy.EXACT : GridPolicy.HYPEROPT);
    }

    private static Object node(SplittableRandom random, int depth) {
        double low = random.nextInt(-30, 30) / 10.0;
        double high = low + random.nextInt(1, 40) / 10.0;
        double deviation = random.nextInt(1, 20) / 10.0;
        double q = List.of(0.1, 0.25, 0.5, 1.0).get(random.nextInt(4));
        double wide = high + 2 * q;
        return switch (random.nextInt(depth > 0 ? 16 : 13)) {
            case 0 -> Map.of("uniform", List.of(low, high));
            case 1 -> Map.of("loguniform", List.of(low, high));
            case 2 -> Map.of("normal", List.of(low, deviation));
            case 3 -> Map.of("lognormal", List.of(low / 3, deviation / 2));
            case 4 -> Map.of("quniform", List.of(low, wide, q));
            case 5 -> Map.of("qloguniform", List.of(0, wide + 4, q));
            case 6 -> Map.of("qnormal", List.of(low, deviation, q));
            case 7 -> Map.of("qlognormal", List.of(0, deviation / 2, q));
            case 8 -> Map.of("uniformint", List.of((int) low - 1, (int) low + random.nextInt(9)));
            case 9 -> Map.of("randint", List.of(-2, 1 + random.nextInt(9)));
            case 10 -> Map.of("pchoice", List.of(List.of(0.25, "x"), List.of(0.75, "y")));
            case 11 -> Map.of("choice", Arrays.asList(null, true, 1, "z").subList(0, 1 + random.nextInt(4)));
            case 12 -> Map.of(random.nextBoolean() ? "uniform" : "loguniform", List.of(low, low));
            case 13 -> Map.of("kind", "group" + random.nextInt(3), "inner", node(random, depth - 1));
            default -> choice(random, depth);
        };
    }

    private static Object choice(SplittableRandom random, int depth) {
        List<Object> options = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i <= count; i++) {
            options.add(random.nextInt(3) == 0 ? "plain" + i : Map.of("option", i, "of", node(random, depth - 1)));
        }
        return Map.of("choice", options);
    }

    /** Evidence of all kinds, some of it pending. */
    static Evidence evidence(SearchSpace space, int trials, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Evidence evidence = Evidence.empty();
        for (int number = 0; number < trials; number++) {
            evidence = add(evidence, number, space.sample(random), random);
        }
        return evidence;
    }

    private static Evidence add(Evidence evidence, int number, Configuration configuration, SplittableRandom random) {
        double loss = random.nextInt(8) / 4.0;
        return switch (random.nextInt(10)) {
            case 0 -> evidence.with(Observation.pruned(number, configuration, loss, random.nextInt(20)));
            case 1 -> evidence.with(Observation.pruned(number, configuration, Double.NaN, -1));
            case 2 -> evidence.with(Observation.infeasible(number, configuration));
            case 3 -> evidence.withPending(number, configuration);
            default -> evidence.with(Observation.completed(number, configuration, loss));
        };
    }
}
