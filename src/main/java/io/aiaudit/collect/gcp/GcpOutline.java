package io.aiaudit.collect.gcp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a scan will ask Google, told without asking: for a dry run. */
public final class GcpOutline {
    /**
     * One for its number, then machines, reservations, disks, commitments, two of TPUs, locations of Vertex AI, notebooks, services, clusters, and two for models of
     * publishers.
     */
    private static final int FOR_EACH_PROJECT = 13;

    private GcpOutline() {}

    /** Lines for people; {@code bill} is false where files tell the bill. */
    public static List<String> of(GcpScope scope, boolean bill, BigDecimal maxApiCost) {
        boolean known = scope.organization() == null && scope.folders().isEmpty();
        int projects = Math.max(1, scope.projects().size());
        List<String> lines = new ArrayList<>();
        lines.add(
                known
                        ? String.format(
                                Locale.ROOT,
                                "gcp: about %,d discovery requests, %s",
                                projects * FOR_EACH_PROJECT,
                                projects == 1 ? "1 project" : projects + " projects")
                        : "gcp: all active projects below the organization or folders, at least " + FOR_EACH_PROJECT
                                + " requests each");
        lines.add(
                "gcp: then 6 to 8 for each location of Vertex AI, 1 for each instance group, 1 to 2 for each metric and 100,000 of its points");
        lines.add(
                "gcp: then 1 for the machine types of each project, and about 10 pages of the price catalog once a day");
        lines.add("gcp: 3 to 6 for governance settings of each project, such as audit logs and budgets");
        if (bill) {
            lines.add("gcp: 2 or more for billing accounts and their projects, where there is no export");
            lines.add("gcp: 1 BigQuery query for the bill, after an estimate of its size; $6.25 for 1 TiB");
            lines.add("gcp: at most $" + maxApiCost.toPlainString() + " (--max-api-cost)");
        }
        return lines;
    }
}
