package io.aiaudit.collect.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a scan will ask Azure, told without asking: for a dry run. What depends on what is found is told for each thing. */
public final class AzureOutline {
    /** Two queries of the graph, and lists of reservations, workspaces and accounts; five of providers where the graph has nothing of a type. */
    private static final int LISTS = 5;

    private AzureOutline() {}

    /** Lines for people. */
    public static List<String> of(AzureScope scope) {
        int subscriptions = scope.subscriptions().size();
        List<String> lines = new ArrayList<>();
        lines.add(
                subscriptions == 0
                        ? "azure: all subscriptions that the credentials see, at least " + LISTS + " requests each"
                        : String.format(
                                Locale.ROOT,
                                "azure: about %,d requests to look around, %d %s x %d lists",
                                1 + subscriptions * LISTS,
                                subscriptions,
                                subscriptions == 1 ? "subscription" : "subscriptions",
                                LISTS));
        lines.add(
                "azure: then 1 for each region with machines, 4 for each workspace, 1 for each endpoint, scale set and account of models");
        lines.add("azure: 1 for " + AzureMonitor.RESOURCES_PER_REQUEST + " resources and 14 days of metrics");
        lines.add("azure: none of them is charged for");
        return lines;
    }
}
