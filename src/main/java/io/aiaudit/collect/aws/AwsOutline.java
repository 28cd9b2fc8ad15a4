package io.aiaudit.collect.aws;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Operation;
import io.aiaudit.collect.aws.AwsOperation.Grant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a scan will call in AWS, found without a request, for a dry run: the declared operations by how often they are
 * called, how many requests that takes and what AWS charges for them.
 */
public final class AwsOutline {
    /** Regions that are switched on in an account with default settings. */
    private static final int USUAL_REGIONS = 17;

    /** Their types and volumes, six lists of accelerators' metrics, and two pages of what they did. */
    private static final int FOR_100_MACHINES = 10;

    private static final int SERIES_OF_100_MACHINES = 800;

    private final AwsScope scope;
    private final boolean bill;
    private final int regions;
    private final int accounts;
    private final boolean known;

    private AwsOutline(AwsScope scope, boolean bill) {
        this.scope = scope;
        this.bill = bill;
        this.regions =
                scope.regions().isEmpty() ? USUAL_REGIONS : scope.regions().size();
        this.accounts = Math.max(1, scope.accounts().size());
        this.known = !scope.organization() || !scope.accounts().isEmpty();
    }

    /** Lines for people; {@code bill} is false where files hold the bill. */
    public static List<String> of(AwsScope scope, boolean bill, BigDecimal maxApiCost) {
        List<String> lines = new AwsOutline(scope, bill).lines();
        lines.add("aws: at most $" + maxApiCost.toPlainString() + " (--max-api-cost)");
        return lines;
    }

    private List<String> lines() {
        String inAccounts = known
                ? accounts == 1 ? "in 1 account" : "in each of " + accounts + " accounts"
                : "in each account of the organization";
        String inRegions = "in each of " + (scope.regions().isEmpty() ? "some " : "") + regions
                + (regions == 1 ? " region" : " regions") + (known && accounts == 1 ? "" : " of each account");
        List<String> lines = new ArrayList<>();
        if (scope.organization()) {
            lines.add("aws: the accounts of the organization, 1 request: "
                    + permissions(AwsCollector.operations().stream()
                            .filter(operation -> operation.grant() == Grant.ORGANIZATION)
                            .toList()));
        }
        lines.add(always("once", Frequency.ONCE));
        lines.add(always(inAccounts, Frequency.ACCOUNT));
        lines.add(always(inRegions, Frequency.REGION));
        if (bill) {
            lines.add(always("for the bill " + inAccounts, Frequency.BILL));
            lines.addAll(whereFound(true));
        }
        lines.addAll(whereFound(false));
        lines.add(total());
        return lines;
    }

    /** What this scan would call: Athena only where it is configured. */
    private List<AwsOperation> called() {
        return AwsCollector.operations().stream()
                .filter(operation -> operation.grant() != Grant.ORGANIZATION)
                .filter(operation -> operation.grant() != Grant.ATHENA || scope.athena() != null)
                .toList();
    }

    private List<AwsOperation> called(Frequency often) {
        return called().stream()
                .filter(operation -> operation.frequency().equals(often))
                .toList();
    }

    private int times(Frequency often) {
        return often.equals(Frequency.ONCE) ? 1 : often.equals(Frequency.REGION) ? accounts * regions : accounts;
    }

    private long requests(Frequency often) {
        return called(often).stream().mapToLong(AwsOperation::times).sum() * times(often);
    }

    private BigDecimal usd(Frequency often) {
        return called(often).stream()
                .map(operation -> operation.usd().multiply(BigDecimal.valueOf((long) operation.times() * times(often))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String always(String where, Frequency often) {
        BigDecimal usd = usd(often);
        return String.format(
                Locale.ROOT,
                "aws: %s, %s%,d requests%s: %s",
                where,
                often.equals(Frequency.ONCE) ? "" : "about ",
                requests(often),
                usd.signum() == 0 ? "" : ", $" + usd.toPlainString(),
                permissions(called(often)));
    }

    /** What is called only where there is something, and how often then. */
    private List<String> whereFound(boolean ofBill) {
        Map<Frequency, List<AwsOperation>> found = called().stream()
                .filter(operation -> !operation.frequency().isAlways())
                .filter(operation -> operation.reads().contains(Operation.BILL) == ofBill)
                .collect(Collectors.groupingBy(AwsOperation::frequency, LinkedHashMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        found.forEach((often, operations) ->
                lines.add("aws: for " + what(often) + " (" + often.howOften() + "): " + permissions(operations)));
        return lines;
    }

    /** Athena is for exports of the sizes that the user configured. */
    private String what(Frequency often) {
        return often.equals(AthenaBill.FOUND)
                ? "an export of " + scope.athena().aboveGib().toPlainString() + " to "
                        + scope.athena().maxScanGib().toPlainString() + " GiB under a table"
                : often.what();
    }

    /** As policies name them; what needs no permission is named as AWS calls it. */
    private static String permissions(List<AwsOperation> operations) {
        return operations.stream()
                .map(operation -> operation.permission().isEmpty()
                        ? operation.name().replace("Sts.", "sts:")
                        : operation.permission())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String total() {
        List<Frequency> always = bill
                ? List.of(Frequency.ONCE, Frequency.ACCOUNT, Frequency.REGION, Frequency.BILL)
                : List.of(Frequency.ONCE, Frequency.ACCOUNT, Frequency.REGION);
        return String.format(
                Locale.ROOT,
                "aws: in total about %,d requests and $%s%s if nothing is found; 100 instances with one accelerator "
                        + "each"
                        + " take some %d requests and $%s more",
                always.stream().mapToLong(this::requests).sum() + (scope.organization() ? 1 : 0),
                always.stream()
                        .map(this::usd)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .toPlainString(),
                known ? "" : " for each account",
                FOR_100_MACHINES,
                CloudWatch.usd(SERIES_OF_100_MACHINES).stripTrailingZeros().toPlainString());
    }
}
