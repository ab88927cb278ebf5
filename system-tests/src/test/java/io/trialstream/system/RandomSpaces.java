package io.trialstream.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Spaces with names and options of any text, some of them deep: a few hold what nothing can store. */
final class RandomSpaces {
    private RandomSpaces() {}

    static Map<String, Object> study(String name, Map<String, Object> space) {
        return Map.of(
                "name", name,
                "objective", Map.of("metric", "objective", "direction", "maximize"),
                "sampler", Map.of("type", "random", "seed", 1),
                "budget", Map.of("trials", 2),
                "training", Map.of("workload", "sleep", "epochs", 1, "epochDuration", "PT0.01S"),
                "space", space);
    }

    static Map<String, Object> space(Random random) {
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("x", Map.of("uniform", List.of(0, 1)));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Object value = Map.of("label", "label " + i + text(random), "choice", options(random));
            for (int depth = random.nextInt(8) == 0 ? 80 + random.nextInt(20) : random.nextInt(5); depth > 0; depth--) {
                value = depth % 2 == 0 ? List.of(value) : Map.of("k" + text(random), value, "second", depth);
            }
            space.put("n" + i + text(random), value);
        }
        return space;
    }

    private static List<Object> options(Random random) {
        List<Object> options = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            options.add(i + text(random).repeat(1 + random.nextInt(20)));
        }
        return options;
    }

    /** Any code points, every sixtieth text with U+0000 or half a character. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int point = random.nextInt(random.nextBoolean() ? 0x7f : 0x10ffff);
            text.appendCodePoint(point == 0 || point >= 0xd800 && point < 0xe000 ? 'x' : point);
        }
        if (random.nextInt(60) == 0) {
            text.append(random.nextBoolean() ? '\0' : '\ud83d');
        }
        return text.toString();
    }
}
