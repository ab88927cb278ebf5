package io.trialstream.contracts.study;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that an unknown one is likely to mean. */
public final class Spelling {
    private static final int MOST_EDITS = 3;

    private Spelling() {}

    /** A question that follows a refusal, such as {@code , did you mean 'training'?}, or nothing. */
    public static String hint(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> ", did you mean '" + name + "'?")
                .orElse("");
    }

    /** The nearest of the known names, if few enough letters differ; case, '-' and '_' do not count. */
    static Optional<String> nearest(String written, Collection<String> known) {
        String plain = plain(written);
        int allowed = Math.min(MOST_EDITS, Math.max(1, plain.length() / 3));
        return known.stream()
                .filter(name -> edits(plain, plain(name)) <= allowed)
                .min(Comparator.<String>comparingInt(name -> edits(plain, plain(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** The optimal string alignment distance: letters inserted, deleted, replaced, or two neighbours exchanged. */
    private static int edits(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(best, 1 + edits[i - 2][j - 2]) : best;
    }
}
