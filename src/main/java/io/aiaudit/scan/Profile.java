package io.aiaudit.scan;

import io.aiaudit.store.StatementTimes;
import java.util.List;
import java.util.Locale;

/** What the steps of the database took, for whoever looks for what takes so long. */
public final class Profile {
    private Profile() {}

    /** From now on it is kept. */
    public static void keep() {
        StatementTimes.keep();
    }

    /** A line for each step, the longest first. */
    public static List<String> lines() {
        return StatementTimes.taken().stream().map(Profile::line).toList();
    }

    private static String line(StatementTimes.Step step) {
        return String.format(
                Locale.ROOT,
                "database %8.3f s (processor %8.3f s) %5d statements %,12d rows  %s",
                step.seconds(),
                step.processorSeconds(),
                step.statements(),
                step.rows(),
                step.name());
    }
}
