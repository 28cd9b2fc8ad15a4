package io.aiaudit.collect.azure;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a scan will call in Azure, found without a request, for a dry run: the declared operations, and how often. */
public final class AzureOutline {
    /** Their sizes, their price, and two requests for each 14 days of metrics. */
    private static final int FOR_100_MACHINES = 8;

    private AzureOutline() {}

    /** Lines for people; {@code bill} is false where files hold the bill. */
    public static List<String> of(AzureScope scope, boolean bill) {
        int subscriptions = scope.subscriptions().size();
        int lists = requests(Frequency.ACCOUNT);
        int governed = requests(AuditLogs.GOVERNED);
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
        lines.add("azure: then " + whereFound("found"));
        lines.add("azure: " + governed + " for how each subscription is governed, "
                + Stream.of(whereFound("governed").split(", ", -1))
                        .filter(often -> !often.equals(AuditLogs.GOVERNED.howOften()))
                        .collect(Collectors.joining(", ")));
        lines.add("azure: " + whereFound("metrics"));
        lines.add("azure: " + whereFound("prices") + "; " + reading(Operation.ADVICE) + " for advice, "
                + reading(Operation.COMMITMENTS) + " for commitments");
        if (bill) {
            lines.add("azure: the bill is " + whereFound("bill")
                    + "; else 1 query of costs for each subscription and month, 60 a minute at most");
        }
        int each = lists + requests(AzureOperation.WHERE_NOTHING_IS) + governed + (bill ? requests(Frequency.BILL) : 0);
        int ofTenant = requests(Frequency.ONCE);
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

    private static int requests(Frequency often) {
        return AzureCollector.operations().stream()
                .filter(operation -> operation.frequency().equals(often))
                .mapToInt(AzureOperation::times)
                .sum();
    }

    private static long reading(String fact) {
        return AzureCollector.operations().stream()
                .filter(operation -> operation.reads().contains(fact))
                .count();
    }

    /** How often what is called only where there is something. */
    private static String whereFound(String what) {
        return AzureCollector.operations().stream()
                .map(AzureOperation::frequency)
                .filter(often -> often.what().equals(what))
                .map(Frequency::howOften)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
