package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Frequency;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a scan will call in Google, found without a request, for a dry run: the declared operations, and how often. */
public final class GcpOutline {
    /** Two calls look for the models of publishers, whatever there is. */
    private static final int MODELS = 2;

    private GcpOutline() {}

    /** Lines for people; {@code bill} is false where files hold the bill. */
    public static List<String> of(GcpScope scope, boolean bill, BigDecimal maxApiCost) {
        boolean known = scope.organization() == null && scope.folders().isEmpty();
        int projects = Math.max(1, scope.projects().size());
        int each = count(Frequency.ACCOUNT) + MODELS;
        List<String> lines = new ArrayList<>();
        lines.add(
                known
                        ? String.format(
                                Locale.ROOT,
                                "gcp: about %,d discovery requests, %s",
                                projects * each,
                                projects == 1 ? "1 project" : projects + " projects")
                        : "gcp: all active projects below the organization or folders, at least " + each
                                + " requests each");
        lines.add("gcp: then " + count(Frequency.REGION) + " for each location of Vertex AI, "
                + String.join(", ", whereFound("found")));
        lines.add("gcp: then " + String.join(", and ", whereFound("prices")));
        lines.add("gcp: " + String.join(", ", whereFound("governed")));
        if (bill) {
            whereFound("bill").forEach(often -> lines.add("gcp: " + often));
            lines.add("gcp: at most $" + maxApiCost.toPlainString() + " (--max-api-cost)");
        }
        return lines;
    }

    private static int count(Frequency often) {
        return (int) GcpCollector.operations().stream()
                .filter(operation -> operation.frequency().equals(often))
                .count();
    }

    /** How often what is called only where there is something. */
    private static List<String> whereFound(String what) {
        return GcpCollector.operations().stream()
                .map(GoogleOperation::frequency)
                .filter(often -> often.what().equals(what))
                .map(Frequency::howOften)
                .distinct()
                .collect(Collectors.toList());
    }
}
