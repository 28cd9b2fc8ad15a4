package io.aiaudit.report.text;

/** A number of things with their noun, such as {@code 1 finding} or {@code 1,200 findings}. */
public final class CountedNoun {
    private CountedNoun() {}

    public static String of(long count, String noun) {
        return Amounts.count(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
