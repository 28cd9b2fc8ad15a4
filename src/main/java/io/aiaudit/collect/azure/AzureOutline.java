package io.aiaudit.collect.azure;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.Outline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a scan will call in Azure, found without a request, for a dry run: the declared operations, and how often. */
public final class AzureOutline {
    /** Their sizes, their price, and two requests for each 14 days of metrics. */
    private static final int FOR_100_MACHINES = 8;

    private AzureOutline() {}

    /** Lines for people; {@code bill} is false where files hold the bill. */
    public static List<String> of(AzureScope scope, boolean bill) {
        Outline outline = new Outline(AzureCollector.operations());
        int subscriptions = scope.subscriptions().size();
        int lists = outline.requests(Frequency.ACCOUNT);
        int governed = outline.requests(AuditLogs.GOVERNED);
        List<String> lines = new ArrayList<>();
        lines.add(
                subscriptions == 0
                        ? "azure: all subscriptions that the credentials see, at least " + lists + " requests each"
                        : String.format(
                                Locale.ROOT,
                                "azure: about %,d discovery requests, %d %s x %d lists",
                                1 + subscriptions * lists,
                                subscriptions,
                                subscriptions == 1 ? "subscription" : "subscriptions",
                                lists));
        lines.add("azure: then " + outline.whereFound(Sort.FOUND));
        lines.add("azure: " + governed + " for how each subscription is governed, "
                + outline.howOften(Sort.GOVERNED).stream()
                        .filter(often -> !often.equals(AuditLogs.GOVERNED.howOften()))
                        .collect(Collectors.joining(", ")));
        lines.add("azure: " + outline.whereFound(Sort.METRICS));
        lines.add("azure: " + outline.whereFound(Sort.PRICES) + "; "
                + new AdvisorAdvice().operations().size() + " for advice, "
                + new Commitments().operations().size() + " for commitments");
        if (bill) {
            lines.add("azure: the bill is " + outline.whereFound(Sort.BILL)
                    + "; else 1 query of costs for each subscription and month, 60 a minute at most");
        }
        int each = lists
                + outline.requests(AzureOperation.WHERE_NOTHING_IS)
                + governed
                + (bill ? outline.requests(Frequency.BILL) : 0);
        int ofTenant = outline.requests(Frequency.ONCE);
        lines.add(String.format(
                Locale.ROOT,
                "azure: in total about %s if nothing is found in 30 days; 100 instances of one type and region need "
                        + "some"
                        + " %d more",
                subscriptions == 0
                        ? each + " requests for each subscription, and " + ofTenant
                        : String.format(Locale.ROOT, "%,d requests", ofTenant + subscriptions * each),
                FOR_100_MACHINES));
        lines.add("azure: none of them is charged, except for downloading an export from the storage account");
        return lines;
    }
}
