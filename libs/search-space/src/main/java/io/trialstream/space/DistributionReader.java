package io.trialstream.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one distribution with its arguments in Hyperopt's order. */
record DistributionReader(GridPolicy policy, List<Problem> problems, List<Problem> warnings) {
    /** loguniform and qloguniform with their bounds in plain values. */
    static final List<String> PLAIN = List.of("log", "qlog");

    static final List<String> KEYWORDS = List.of(
            "uniform",
            "loguniform",
            "normal",
            "lognormal",
            "quniform",
            "qloguniform",
            "qnormal",
            "qlognormal",
            "uniformint",
            "randint",
            "choice",
            "pchoice",
            "log",
            "qlog");
    /** Stands in for what could not be read, so that reading goes on to the next problem. */
    private static final Distribution UNREADABLE = new Continuous(Family.UNIFORM, 0, 1);

    private static final int LIKENESS = 2;
    /** From which ratio of two positive bounds on they look like values rather than logarithms. */
    private static final double SUSPICIOUS_RATIO = 10;

    /** The distribution that an object names, or null. */
    static String keywordIn(Map<?, ?> map) {
        return KEYWORDS.stream()
                .filter(map::containsKey)
                .filter(keyword -> !PLAIN.contains(keyword) || isAlone(keyword, map))
                .findFirst()
                .orElse(null);
    }

    /** Whether the object is this distribution and nothing else, its arguments of the right kind. */
    static boolean isAlone(String keyword, Map<?, ?> map) {
        Object arguments = map.get(keyword);
        return map.size() == (map.containsKey(SpaceReader.LABEL) ? 2 : 1)
                && (arguments instanceof List || keyword.equals("randint") && arguments instanceof Number);
    }

    /** The keyword that a misspelt one is likely to mean, or null. */
    static String closest(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
        return KEYWORDS.stream()
                .filter(keyword -> distance(lower, keyword) <= Math.min(LIKENESS, lower.length() / 3))
                .min((a, b) -> distance(lower, a) - distance(lower, b))
                .orElse(null);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /** The options of a choice or pchoice, without the probabilities. */
    static List<Object> options(Object written, String keyword) {
        List<Object> options = new ArrayList<>();
        if (written instanceof List<?> list) {
            for (Object option : list) {
                boolean pair = option instanceof List<?> inner && inner.size() == 2;
                options.add(keyword.equals("choice") ? option : pair ? ((List<?>) option).get(1) : null);
            }
        }
        return options;
    }

    Distribution choice(Object written, String keyword, String path) {
        if (!(written instanceof List<?> list)) {
            return refuse(path, "WRONG_TYPE", "a " + keyword + " takes a list of options, not " + Trees.kind(written));
        }
        if (list.isEmpty()) {
            return refuse(path, "MISSING_FIELD", "a " + keyword + " needs at least one option");
        }
        return keyword.equals("choice") ? Categorical.uniform(list.size()) : weighted(list, path);
    }

    private Distribution weighted(List<?> list, String path) {
        List<Double> probabilities = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof List<?> pair) || pair.size() != 2) {
                return refuse(path + "[" + i + "]", "WRONG_TYPE", "a pchoice lists pairs [probability, option]");
            }
            double p = number(pair.get(0), path + "[" + i + "][0]");
            if (p < 0 || p > 1) {
                return refuse(path + "[" + i + "][0]", "OUT_OF_RANGE", "a probability is between 0 and 1, not " + p);
            }
            probabilities.add(p);
        }
        double sum = probabilities.stream().mapToDouble(Double::doubleValue).sum();
        if (!(Math.abs(sum - 1) <= 1e-6)) {
            return Double.isNaN(sum)
                    ? UNREADABLE
                    : refuse(path, "PROBABILITIES_NOT_ONE", "the probabilities must sum to 1, not " + sum);
        }
        return new Categorical(probabilities, true);
    }

    Distribution numeric(String keyword, Object written, String path) {
        List<?> arguments = written instanceof List<?> list
                ? list
                : keyword.equals("randint") && written instanceof Number ? List.of(written) : null;
        List<String> names = argumentNames(keyword);
        if (arguments == null) {
            return refuse(path, "WRONG_TYPE", keyword + " takes " + names + ", not " + Trees.kind(written));
        }
        int required = keyword.equals("randint") ? 1 : names.size();
        for (int i = arguments.size(); i < required; i++) {
            refuse(
                    path + "[" + i + "]",
                    "MISSING_FIELD",
                    keyword + " takes " + names + ": '" + names.get(i) + "' is missing");
        }
        for (int i = names.size(); i < arguments.size(); i++) {
            refuse(path + "[" + i + "]", "UNKNOWN_FIELD", keyword + " takes only " + names);
        }
        double[] numbers = new double[arguments.size()];
        boolean readable = arguments.size() >= required && arguments.size() <= names.size();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(arguments.get(i), path + "[" + i + "]");
            readable &= !Double.isNaN(numbers[i]);
        }
        return readable ? build(keyword, numbers, path) : UNREADABLE;
    }

    private static List<String> argumentNames(String keyword) {
        List<String> names =
                new ArrayList<>(keyword.endsWith("normal") ? List.of("mu", "sigma") : List.of("low", "high"));
        if (isQuantized(keyword)) {
            names.add("q");
        }
        return names;
    }

    private static boolean isQuantized(String keyword) {
        return keyword.startsWith("q");
    }

    private Distribution build(String keyword, double[] numbers, String path) {
        if (keyword.equals("randint")) {
            return randomInteger(numbers, path);
        }
        if (PLAIN.contains(keyword)) {
            return plain(keyword, numbers, path);
        }
        boolean integral = keyword.equals("uniformint");
        boolean quantized = isQuantized(keyword);
        String family = integral ? "uniform" : quantized ? keyword.substring(1) : keyword;
        Family kind = Family.valueOf(family.toUpperCase(Locale.ROOT));
        if (kind.bounded() && numbers[0] == numbers[1]) {
            double q = integral ? 1 : quantized ? numbers[2] : 0;
            return fixed(keyword, kind.fromLatent(numbers[0]), q, integral, path);
        }
        if (kind.bounded() && !(numbers[0] < numbers[1])) {
            return refuse(
                    path, "LOW_NOT_BELOW_HIGH", "low must not be above high: " + numbers[0] + " and " + numbers[1]);
        }
        if (!kind.bounded() && !(numbers[1] > 0)) {
            return refuse(path + "[1]", "NOT_POSITIVE", "sigma must be above 0, not " + numbers[1]);
        }
        Continuous base = new Continuous(kind, numbers[0], numbers[1]);
        if (kind == Family.LOGUNIFORM && Double.isInfinite(StrictMath.exp(numbers[1]))) {
            return refuse(
                    path + "[1]",
                    "OUT_OF_RANGE",
                    "loguniform takes the bounds of the logarithm: exp(" + numbers[1] + ") is infinite"
                            + plainForm(keyword, numbers, " (", ")"));
        }
        warnOfPlainBounds(keyword, kind, numbers, path);
        return quantized || integral ? quantized(base, integral ? 1 : numbers[2], integral, path) : base;
    }

    /** log and qlog: loguniform and qloguniform between two values instead of their logarithms. */
    private Distribution plain(String keyword, double[] numbers, String path) {
        if (!(numbers[0] > 0)) {
            return refuse(path + "[0]", "NOT_POSITIVE", keyword + " takes bounds above 0, not " + numbers[0]);
        }
        if (numbers[0] == numbers[1]) {
            return fixed(keyword, numbers[0], isQuantized(keyword) ? numbers[2] : 0, false, path);
        }
        if (!(numbers[0] < numbers[1])) {
            return refuse(
                    path, "LOW_NOT_BELOW_HIGH", "low must not be above high: " + numbers[0] + " and " + numbers[1]);
        }
        if (numbers[0] < Limits.SMALLEST || numbers[1] > Limits.LARGEST) {
            return refuse(
                    path,
                    "OUT_OF_RANGE",
                    keyword + " takes bounds between " + Limits.SMALLEST + " and " + Limits.LARGEST + ", not "
                            + numbers[0] + " and " + numbers[1]);
        }
        if (isQuantized(keyword) && numbers[2] > 0 && numbers[1] / numbers[2] > Limits.MOST_MULTIPLES) {
            return refuse(
                    path + "[1]",
                    "OUT_OF_RANGE",
                    numbers[1] + " is more than 2^53 multiples of " + numbers[2] + " away from 0");
        }
        if (isQuantized(keyword) && numbers[2] > 0 && numbers[2] < Limits.SMALLEST) {
            return refuse(
                    path + "[2]", "OUT_OF_RANGE", "q must be at least " + Limits.SMALLEST + ", not " + numbers[2]);
        }
        double low = StrictMath.log(numbers[0]);
        double high = StrictMath.log(numbers[1]);
        if (!(low < high)) {
            return refuse(
                    path,
                    "LOW_NOT_BELOW_HIGH",
                    "the bounds are too close for their logarithms to differ: " + numbers[0] + " and " + numbers[1]);
        }
        Continuous base = new Continuous(Family.LOGUNIFORM, low, high);
        return isQuantized(keyword) ? quantized(base, numbers[2], false, path) : base;
    }

    /** Who writes loguniform: [1e-5, 0.1] hardly means what lies between exp(1e-5) and exp(0.1). */
    private void warnOfPlainBounds(String keyword, Family kind, double[] numbers, String path) {
        if (kind == Family.LOGUNIFORM && numbers[0] > 0 && numbers[1] >= SUSPICIOUS_RATIO * numbers[0]) {
            warnings.add(new Problem(
                    path,
                    "BOUNDS_OF_THE_LOGARITHM",
                    keyword + " takes the bounds of the logarithm, as Hyperopt does: this means values from "
                            + Trees.shown(StrictMath.exp(numbers[0])) + " to "
                            + Trees.shown(StrictMath.exp(numbers[1]))
                            + plainForm(
                                    keyword,
                                    numbers,
                                    "; for values from " + Trees.shown(numbers[0]) + " to " + Trees.shown(numbers[1])
                                            + " write ",
                                    "")));
        }
    }

    private static String plainForm(String keyword, double[] numbers, String before, String after) {
        if (!(numbers[0] > 0)) {
            return "";
        }
        String step = isQuantized(keyword) ? ", " + Trees.shown(numbers[2]) : "";
        return before + (isQuantized(keyword) ? "qlog" : "log") + ": [" + Trees.shown(numbers[0]) + ", "
                + Trees.shown(numbers[1]) + step + "]" + after;
    }

    /** Bounds that are equal leave one number; Hyperopt's grid rounds it, on the exact one it must be a multiple of q. */
    private Distribution fixed(String keyword, double number, double q, boolean integral, String path) {
        if (!Double.isFinite(number)) {
            return refuse(path, "OUT_OF_RANGE", keyword + " takes the bounds of the logarithm: its exp is infinite");
        }
        if (q == 0 && !isQuantized(keyword)) {
            return new FixedNumber(keyword, number, false);
        }
        if (!(q > 0)) {
            return refuse(path + "[2]", "NOT_POSITIVE", "q must be above 0, not " + q);
        }
        double multiple = Math.rint(number / q) * q;
        if (policy == GridPolicy.EXACT && Math.abs(multiple - number) > 1e-9 * Math.max(q, Math.abs(number))) {
            return refuse(path, "EMPTY_GRID", "no multiple of " + q + " is exactly " + number);
        }
        return new FixedNumber(keyword, policy == GridPolicy.EXACT ? number : multiple, integral);
    }

    private Distribution quantized(Continuous base, double q, boolean integral, String path) {
        if (!(q > 0)) {
            return refuse(path + "[2]", "NOT_POSITIVE", "q must be above 0, not " + q);
        }
        if (Quantized.gridOf(base, q, policy).count() == 0) {
            return refuse(path, "EMPTY_GRID", "no multiple of " + q + " is " + base.describe());
        }
        return Quantized.of(base, q, integral, policy);
    }

    private Distribution randomInteger(double[] numbers, String path) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != Math.rint(numbers[i]) || Math.abs(numbers[i]) > 0x1p53) {
                return refuse(path + "[" + i + "]", "NOT_AN_INTEGER", "randint takes integers, not " + numbers[i]);
            }
        }
        double low = numbers.length == 2 ? numbers[0] : 0;
        double high = numbers[numbers.length - 1];
        if (!(low < high)) {
            return refuse(
                    path, "LOW_NOT_BELOW_HIGH", "low must be below high, not " + (long) low + " and " + (long) high);
        }
        return new RandomInteger((long) low, (long) high);
    }

    private double number(Object written, String path) {
        if (written instanceof Number number) {
            if (Double.isFinite(number.doubleValue())) {
                return number.doubleValue();
            }
            refuse(path, "NOT_FINITE", "a number must be finite, not " + number);
        } else {
            refuse(path, "NOT_A_NUMBER", "must be a number, not " + Trees.kind(written) + hint(written));
        }
        return Double.NaN;
    }

    /** YAML 1.1 reads 1e-3 as text. */
    private static String hint(Object written) {
        return written instanceof String text && text.matches("[-+]?\\d+[eE][-+]?\\d+")
                ? " (YAML needs a point: write " + text.replaceFirst("[eE]", ".0e") + ")"
                : "";
    }

    private Distribution refuse(String path, String code, String message) {
        problems.add(new Problem(path, code, message));
        return UNREADABLE;
    }
}
