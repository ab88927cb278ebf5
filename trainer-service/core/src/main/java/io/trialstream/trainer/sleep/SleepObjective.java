package io.trialstream.trainer.sleep;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * A deterministic objective of any configuration, without a seed: the mean of one term for each leaf, within [0, 1].
 *
 * <ul>
 *   <li>A number x at path p gives (1 + cos(asinh(x) - 2π u(p))) / 2: smooth, 1 at its optimum; asinh is about linear
 *       near 0 and logarithmic further out, so that learning rates and batch sizes both matter.
 *   <li>Anything else (text, boolean, null) gives u(p=value), a fixed height for each option.
 * </ul>
 *
 * u(text) is the CRC-32 of the text's UTF-8 bytes divided by 2^32. The path of a leaf joins keys and list positions
 * with dots. Terms are summed in the order of their paths, so that equal configurations give equal bits. A
 * configuration without leaves gives 1/2.
 */
final class SleepObjective {

    /** Beyond, 1 adds nothing to the square, which would soon overflow: asinh(x) = ln x + ln 2. */
    private static final double LARGE = 1e100;

    private static final double LOG_2 = Math.log(2);

    private SleepObjective() {}

    static double of(Map<String, Object> configuration) {
        TreeMap<String, Double> terms = new TreeMap<>();
        collect("", configuration, terms);
        return terms.values().stream()
                .reduce(Double::sum)
                .map(sum -> sum / terms.size())
                .orElse(0.5);
    }

    private static void collect(String path, Object value, Map<String, Double> terms) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> collect(join(path, key), child, terms));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(join(path, i), list.get(i), terms);
            }
        } else if (value instanceof Number number) {
            terms.put(path, (1 + Math.cos(asinh(number.doubleValue()) - 2 * Math.PI * unit(path))) / 2);
        } else {
            terms.put(path, unit(path + "=" + value));
        }
    }

    private static String join(String path, Object key) {
        return path.isEmpty() ? String.valueOf(key) : path + "." + key;
    }

    /** Odd in x: computed of |x|, where the formula does not cancel. */
    private static double asinh(double x) {
        double size = Math.abs(x);
        double asinh = size < LARGE ? Math.log(size + Math.sqrt(size * size + 1)) : Math.log(size) + LOG_2;
        return Math.signum(x) * asinh;
    }

    private static double unit(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() / 0x1p32;
    }
}
