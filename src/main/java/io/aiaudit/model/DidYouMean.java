package io.aiaudit.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sentence that helps someone who mistyped a name: the nearest known one, or all of them. */
public final class DidYouMean {
    private static final int FEW = 3;

    private DidYouMean() {}

    /** Such as {@code Did you mean "needs"?}, or {@code It is one of: a, b.} when nothing is near. */
    public static String sentence(String word, Collection<String> known) {
        List<String> sorted = known.stream().distinct().sorted().toList();
        return closest(word, sorted)
                .map(near -> "Did you mean \"" + near + "\"?")
                .orElseGet(
                        () -> sorted.isEmpty() ? "There is none." : "It is one of: " + String.join(", ", sorted) + ".");
    }

    /** The same for names that are too many for a line: the nearest ones where none is likely. */
    public static String nearest(String word, Collection<String> known) {
        return known.size() <= FEW || closest(word, known).isPresent()
                ? sentence(word, known)
                : "The nearest are: "
                        + known.stream()
                                .distinct()
                                .sorted(byDistance(word.toLowerCase(Locale.ROOT)))
                                .limit(FEW)
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    /** The known name with the fewest typing errors to {@code word}, if at most a third of its letters are wrong. */
    public static Optional<String> closest(String word, Collection<String> known) {
        String typed = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> distance(typed, name.toLowerCase(Locale.ROOT)) <= Math.max(1, name.length() / 3))
                .min(byDistance(typed));
    }

    private static Comparator<String> byDistance(String typed) {
        return Comparator.<String>comparingInt(name -> distance(typed, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder());
    }

    /** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment distance). */
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(from, to, i, j, cost);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int step(String from, String to, int i, int j, int[][] cost) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
