package io.aiaudit.cli;

import java.util.Arrays;
import java.util.stream.Stream;

/** For tests of what is read: with one rule instead of all, a scan takes half as long and reads the same. */
final class OneRule {
    static final String ID = "spend-unmonitored";

    private OneRule() {}

    /** The arguments, and the one rule. */
    static String[] with(String... arguments) {
        return Stream.concat(Arrays.stream(arguments), Stream.of("--rule", ID)).toArray(String[]::new);
    }
}
