package io.aiaudit.store;

import java.util.List;

/**
 * The list of findings that aiaudit writes as CSV. It has the columns of an inventory, and its resources are those of
 * the time of the report: read as an inventory, it would bring back what was deleted since.
 */
final class OwnReport {
    static final String FORM = "a report of aiaudit";

    private static final List<String> FIRST = List.of("id", "rule", "provider");
    private static final String DECISION = "status_reason";

    private OwnReport() {}

    static boolean isOne(List<String> header) {
        return header.size() > FIRST.size()
                && header.subList(0, FIRST.size()).equals(FIRST)
                && header.contains(DECISION);
    }
}
