package io.aiaudit.collect.aws;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a scan will ask AWS, told without asking: for a dry run. What depends on what is found is told for each thing. */
public final class AwsOutline {
    /** Regions that are switched on in an account that nobody changed. */
    private static final int USUAL_REGIONS = 17;

    /**
     * Machines, capacity reservations, training plans, reserved instances, endpoints, notebooks, three kinds of jobs, domains, HyperPod clusters, autoscaling groups, EKS clusters,
     * provisioned throughput, four lists of Bedrock, two of its metrics, and trails.
     */
    private static final int LISTS = 21;

    /** GetCallerIdentity, then for each account DescribeRegions, savings plans, DescribeBudgets, and a role where it is not the caller's. */
    private static final int FOR_EACH_ACCOUNT = 4;

    /** Anomaly monitors and their subscriptions. */
    private static final int ANOMALIES = 2;

    /** Requests to Cost Explorer for the bill of an account. */
    private static final int BILL = 2;

    /** Their types and volumes, four lists of accelerators' metrics, and two pages of what they did. */
    private static final int FOR_100_MACHINES = 8;

    private static final int SERIES_OF_100_MACHINES = 800;

    private AwsOutline() {}

    /** Lines for people; {@code bill} is false where files tell the bill. */
    public static List<String> of(AwsScope scope, boolean bill, BigDecimal maxApiCost) {
        int regions =
                scope.regions().isEmpty() ? USUAL_REGIONS : scope.regions().size();
        int accounts = scope.accounts().isEmpty() ? 1 : scope.accounts().size();
        boolean known = !scope.organization() || !scope.accounts().isEmpty();
        int first = 1 + accounts * (FOR_EACH_ACCOUNT + regions * LISTS) + ANOMALIES;
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "aws: about %,d requests to look around, %s x %s%d %s x %d lists",
                first,
                known ? accounts == 1 ? "1 account" : accounts + " accounts" : "for each account",
                scope.regions().isEmpty() ? "some " : "",
                regions,
                regions == 1 ? "region" : "regions",
                LISTS));
        lines.add(
                "aws: then 3 for each endpoint, 2 for each cluster, 1 for each node group, notebook, Studio app, job and provisioned throughput, 1 for 200 machines,"
                        + " 5 where models are called, 5 for each trail, 1 for each model of an endpoint, 1 for 500 series of metrics,"
                        + " 2 where there are groups of machines and 1 for the launch template of an empty one,"
                        + " 4 for each region with Bedrock where the window began more than two weeks ago");
        if (bill) {
            lines.add(
                    "aws: $0.02 for each account to Cost Explorer, and $0.01 for each service of machines by resource, unless an export of the bill is found");
        }
        if (bill && scope.athena() != null) {
            lines.add("aws: $5 to Athena for each TB of an export of "
                    + scope.athena().aboveGib().toPlainString() + " GiB or more, of "
                    + scope.athena().maxScanGib().toPlainString() + " GiB at most, where a table lies over it");
        }
        lines.add("aws: $0.02 to Cost Explorer for anomaly monitors and who is told of them");
        lines.add(
                "aws: $0.01 to Cost Explorer for the use of savings plans, and for that of reserved instances in each region, where there are any");
        lines.add(
                "aws: list prices once a day, some 4 requests for each region with machines; advice, 2 for each account and 2 for each such region");
        lines.add(
                "aws: $0.01 for 1,000 series of metrics; a machine has 4, an accelerator 4 more, a machine of a job 8, a model 7, provisioned throughput 14,"
                        + " Bedrock some 100 in a window that began more than two weeks ago");
        int asked = first + (bill ? accounts * BILL : 0);
        BigDecimal usd = AwsPrices.COST_EXPLORER_REQUEST.multiply(
                BigDecimal.valueOf(ANOMALIES + (bill ? (long) accounts * BILL : 0)));
        lines.add(String.format(
                Locale.ROOT,
                "aws: in all about %,d requests and $%s%s if nothing is found; 100 machines with one accelerator each take some %d requests and $%s more",
                asked,
                usd.toPlainString(),
                known ? "" : " for each account",
                FOR_100_MACHINES,
                AwsPrices.ofMetrics(SERIES_OF_100_MACHINES).stripTrailingZeros().toPlainString()));
        lines.add("aws: never more than $" + maxApiCost.toPlainString() + " (--max-api-cost)");
        return lines;
    }
}
