package io.aiaudit.store;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table or an audit that aiaudit writes. A table has columns of an inventory or of a bill, and they are those of the
 * time of the report: read as an inventory, it would bring back what was deleted since.
 */
final class OwnReport {
    static final String FORM = "a report of aiaudit";

    private static final List<String> FIRST = List.of("id", "rule", "provider");
    private static final String DECISION = "status_reason";

    /** What an audit as JSON has for a header: it is one object, not one a line. */
    static final String AUDIT = "aiaudit/audit";

    private static final Pattern SCHEMA = Pattern.compile("\\s*\\{\\s*\"schema\"\\s*:\\s*\"" + AUDIT + "/");

    /** Columns of the tables in csv.zip and xlsx, and of focus.csv. */
    private static final Set<String> OF_TABLES =
            Set.of("x_RecommendationId", "Run rate a month", "Unclassified cost", AUDIT);

    private OwnReport() {}

    static boolean isOne(List<String> header) {
        return header.stream().anyMatch(OF_TABLES::contains) || isListOfFindings(header);
    }

    /** Whether a JSON file that begins so is an audit. */
    static boolean isAudit(String start) {
        return SCHEMA.matcher(start).lookingAt();
    }

    private static boolean isListOfFindings(List<String> header) {
        return header.size() > FIRST.size()
                && header.subList(0, FIRST.size()).equals(FIRST)
                && header.contains(DECISION);
    }
}
