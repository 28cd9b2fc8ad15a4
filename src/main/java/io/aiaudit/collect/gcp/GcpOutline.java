package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.Outline;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a scan will call in Google, found without a request, for a dry run: the declared operations, and how often. */
public final class GcpOutline {
    /** Two calls look for the models of publishers, whatever there is. */
    private static final int MODELS = 2;

    private GcpOutline() {}

    /** Lines for people; {@code bill} is false where files hold the bill. */
    public static List<String> of(GcpScope scope, boolean bill, BigDecimal maxApiCost) {
        Outline outline = new Outline(GcpCollector.operations());
        boolean known = scope.organization() == null && scope.folders().isEmpty();
        int projects = Math.max(1, scope.projects().size());
        int each = outline.requests(Frequency.ACCOUNT) + MODELS;
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
        lines.add("gcp: then " + outline.requests(Frequency.REGION) + " for each location of Vertex AI, "
                + outline.whereFound(Sort.FOUND));
        lines.add("gcp: then " + String.join(", and ", outline.howOften(Sort.PRICES)));
        lines.add("gcp: " + outline.whereFound(Sort.GOVERNED));
        if (bill) {
            outline.howOften(Sort.BILL).forEach(often -> lines.add("gcp: " + often));
            lines.add("gcp: at most $" + maxApiCost.toPlainString() + " (--max-api-cost)");
        }
        return lines;
    }
}
