package io.aiaudit.collect.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a scan will ask Azure, told without asking: for a dry run. What depends on what is found is told for each thing. */
public final class AzureOutline {
    /** Two queries of the graph, and lists of reservations, workspaces and accounts; five of providers where the graph has nothing of a type. */
    private static final int LISTS = 5;

    /** Those of providers, and advice. */
    private static final int WHERE_NOTHING_IS = 5;

    /** A list of exports, and a query for each of the two months that thirty days touch. */
    private static final int BILL = 3;

    /** Budgets, alerts of anomalies, and exports of the activity log. */
    private static final int GOVERNED = 3;

    /** The list of subscriptions, reservations and savings plans. */
    private static final int OF_TENANT = 3;

    /** Their sizes, their price, and two requests for each 14 days of metrics. */
    private static final int FOR_100_MACHINES = 8;

    private AzureOutline() {}

    /** Lines for people; {@code bill} is false where files tell the bill. */
    public static List<String> of(AzureScope scope, boolean bill) {
        int subscriptions = scope.subscriptions().size();
        List<String> lines = new ArrayList<>();
        lines.add(
                subscriptions == 0
                        ? "azure: all subscriptions that the credentials see, at least " + LISTS + " requests each"
                        : String.format(
                                Locale.ROOT,
                                "azure: about %,d discovery requests, %d %s x %d lists",
                                1 + subscriptions * LISTS,
                                subscriptions,
                                subscriptions == 1 ? "subscription" : "subscriptions",
                                LISTS));
        lines.add(
                "azure: then 1 for each region with instances, 4 for each workspace, 1 more where it has endpoints, 1 for each endpoint, scale set and account of models");
        lines.add(
                "azure: " + GOVERNED
                        + " for how each subscription is governed, 1 for each export of its activity log, 1 for each account with models");
        lines.add(
                "azure: for " + AzureMonitor.RESOURCES_PER_REQUEST
                        + " of a kind and 14 days of metrics 1, for deployments of endpoints 3, for workspaces and accounts of models 2");
        lines.add(
                "azure: 1 for each machine type and region for its price, once a day; 1 for advice, 2 for commitments");
        if (bill) {
            lines.add(
                    "azure: the bill is an export in Blob storage, if there is one; else 1 query of costs for each subscription and month, 60 a minute at most");
        }
        int each = LISTS + WHERE_NOTHING_IS + GOVERNED + (bill ? BILL : 0);
        lines.add(String.format(
                Locale.ROOT,
                "azure: in total about %s if nothing is found in 30 days; 100 instances of one type and region need about %d more",
                subscriptions == 0
                        ? each + " requests for each subscription, and " + OF_TENANT
                        : String.format(Locale.ROOT, "%,d requests", OF_TENANT + subscriptions * each),
                FOR_100_MACHINES));
        lines.add("azure: none of them is charged, except for downloading an export from the storage account");
        return lines;
    }
}
