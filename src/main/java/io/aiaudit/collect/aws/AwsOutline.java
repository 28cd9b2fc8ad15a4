package io.aiaudit.collect.aws;

import io.aiaudit.collect.Operations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a scan will ask AWS, told without asking, for a dry run: by group the operations of permissions.txt, how many requests they take and what AWS charges for them. What
 * depends on what is found is told for each thing.
 */
public final class AwsOutline {
    /** Regions that are switched on in an account that nobody changed. */
    private static final int USUAL_REGIONS = 17;

    /** How often a scan asks what it asks whatever there is. */
    private enum Always {
        ONCE,
        ACCOUNT,
        REGION,
        BILL
    }

    /** Each is one request; those of Cost Explorer take a cent. Metrics are listed once for each of two services of Bedrock. */
    private static final Map<Always, List<String>> ALWAYS = Map.of(
            Always.ONCE,
            List.of("Sts.GetCallerIdentity", "CostExplorer.GetAnomalyMonitors", "CostExplorer.GetAnomalySubscriptions"),
            Always.ACCOUNT,
            List.of(
                    "Sts.AssumeRole",
                    "Ec2.DescribeRegions",
                    "Savingsplans.DescribeSavingsPlans",
                    "Budgets.DescribeBudgets",
                    "ComputeOptimizer.GetEnrollmentStatus",
                    "CostOptimizationHub.ListEnrollmentStatuses"),
            Always.REGION,
            List.of(
                    "Ec2.DescribeInstances",
                    "Ec2.DescribeCapacityReservations",
                    "Ec2.DescribeReservedInstances",
                    "SageMaker.ListTrainingPlans",
                    "SageMaker.ListEndpoints",
                    "SageMaker.ListNotebookInstances",
                    "SageMaker.ListTrainingJobs",
                    "SageMaker.ListProcessingJobs",
                    "SageMaker.ListTransformJobs",
                    "SageMaker.ListDomains",
                    "SageMaker.ListClusters",
                    "AutoScaling.DescribeAutoScalingGroups",
                    "Eks.ListClusters",
                    "Bedrock.ListProvisionedModelThroughputs",
                    "Bedrock.ListCustomModels",
                    "Bedrock.ListCustomModelDeployments",
                    "Bedrock.ListImportedModels",
                    "Bedrock.ListModelInvocationJobs",
                    "CloudWatch.ListMetrics",
                    "CloudWatch.ListMetrics",
                    "CloudTrail.DescribeTrails"),
            Always.BILL,
            List.of(
                    "BcmDataExports.ListExports",
                    "CostAndUsageReport.DescribeReportDefinitions",
                    "CostExplorer.GetCostAndUsage",
                    "CostExplorer.GetCostAndUsage"));

    /** What is asked only where there is something, and how often then. */
    private record WhereFound(String what, String howOften, List<String> operations) {
        WhereFound(String what, String howOften, String... operations) {
            this(what, howOften, List.of(operations));
        }
    }

    private static final List<WhereFound> WHERE_FOUND = List.of(
            new WhereFound("machines", "1 for 200 of them", "Ec2.DescribeInstanceTypes", "Ec2.DescribeVolumes"),
            new WhereFound(
                    "their list prices",
                    "about 4 for each region, once a day",
                    "Pricing.GetProducts",
                    "Ec2.DescribeSpotPriceHistory"),
            new WhereFound(
                    "recommendations",
                    "2 for each region",
                    "ComputeOptimizer.GetEC2InstanceRecommendations",
                    "ComputeOptimizer.GetIdleRecommendations",
                    "CostOptimizationHub.ListRecommendations"),
            new WhereFound(
                    "instance groups",
                    "2 for each region, 2 for each cluster, 1 for each node group",
                    "AutoScaling.DescribePolicies",
                    "AutoScaling.DescribeScheduledActions",
                    "Ec2.DescribeLaunchTemplateVersions",
                    "Eks.ListNodegroups",
                    "Eks.DescribeNodegroup"),
            new WhereFound(
                    "endpoints",
                    "3 for each, 1 for each component and model, 3 for each region",
                    "SageMaker.DescribeEndpoint",
                    "SageMaker.DescribeEndpointConfig",
                    "SageMaker.ListTags",
                    "SageMaker.ListInferenceComponents",
                    "SageMaker.DescribeInferenceComponent",
                    "SageMaker.DescribeModel",
                    "SageMaker.DescribeModelPackage",
                    "SageMaker.ListMonitoringSchedules",
                    "ApplicationAutoScaling.DescribeScalableTargets",
                    "ApplicationAutoScaling.DescribeScalingPolicies",
                    "ApplicationAutoScaling.DescribeScheduledActions"),
            new WhereFound(
                    "jobs, Studio and HyperPod",
                    "1 for each job, app and domain, 2 for each cluster",
                    "SageMaker.DescribeTrainingJob",
                    "SageMaker.DescribeProcessingJob",
                    "SageMaker.DescribeTransformJob",
                    "SageMaker.DescribeDomain",
                    "SageMaker.ListApps",
                    "SageMaker.DescribeApp",
                    "SageMaker.ListSpaces",
                    "SageMaker.DescribeCluster",
                    "SageMaker.ListClusterNodes"),
            new WhereFound(
                    "Bedrock",
                    "5 for each region where models are called, 1 for each provisioned throughput",
                    "Bedrock.ListFoundationModels",
                    "Bedrock.ListInferenceProfiles",
                    "Bedrock.GetModelInvocationLoggingConfiguration",
                    "Bedrock.ListGuardrails",
                    "Bedrock.ListTagsForResource"),
            new WhereFound(
                    "trails",
                    "5 for each",
                    "CloudTrail.GetTrailStatus",
                    "CloudTrail.GetEventSelectors",
                    "S3.GetBucketLocation",
                    "S3.GetBucketVersioning",
                    "S3.GetObjectLockConfiguration"),
            new WhereFound("capacity reservations", "1 for each", "Ec2.GetCapacityReservationUsage"),
            new WhereFound(
                    "savings plans and reserved instances",
                    "1 for each account, and 1 for each region; $0.01 each",
                    "CostExplorer.GetSavingsPlansUtilizationDetails",
                    "CostExplorer.GetReservationUtilization"),
            new WhereFound(
                    "metrics",
                    "1 for 500 series; $0.01 for 1,000 of them: an instance has 4, an accelerator 4 more, an endpoint variant about 12, a job instance 8, a model 7,"
                            + " provisioned throughput 14, Bedrock about 100 in a window that started more than two weeks ago",
                    "CloudWatch.GetMetricData"));

    private static final WhereFound EXPORT = new WhereFound(
            "an export of the bill",
            "1 for each export, file and 1,000 files of it; then Cost Explorer is not used",
            "BcmDataExports.GetExport",
            "S3.ListObjectsV2",
            "S3.GetObject");

    private static final WhereFound BY_RESOURCE = new WhereFound(
            "instances by resource, without an export",
            "1 for each compute service; $0.01 each",
            "CostExplorer.GetCostAndUsageWithResources");

    /** Their types and volumes, six lists of accelerators' metrics, and two pages of what they did. */
    private static final int FOR_100_MACHINES = 10;

    private static final int SERIES_OF_100_MACHINES = 800;

    private AwsOutline() {}

    /** Lines for people; {@code bill} is false where files tell the bill. */
    public static List<String> of(AwsScope scope, boolean bill, BigDecimal maxApiCost) {
        int regions =
                scope.regions().isEmpty() ? USUAL_REGIONS : scope.regions().size();
        int accounts = scope.accounts().isEmpty() ? 1 : scope.accounts().size();
        boolean known = !scope.organization() || !scope.accounts().isEmpty();
        String inAccounts = known
                ? accounts == 1 ? "in 1 account" : "in each of " + accounts + " accounts"
                : "in each account of the organization";
        String inRegions = "in each of " + (scope.regions().isEmpty() ? "some " : "") + regions
                + (regions == 1 ? " region" : " regions") + (known && accounts == 1 ? "" : " of each account");
        List<String> lines = new ArrayList<>();
        if (scope.organization()) {
            lines.add("aws: the accounts of the organization, 1 request: "
                    + actions(List.of("Organizations.ListAccounts")));
        }
        lines.add(always("once", Always.ONCE, 1));
        lines.add(always(inAccounts, Always.ACCOUNT, accounts));
        lines.add(always(inRegions, Always.REGION, accounts * regions));
        if (bill) {
            lines.add(always("for the bill " + inAccounts, Always.BILL, accounts));
            lines.add(whereFound(EXPORT));
            lines.add(whereFound(BY_RESOURCE));
            if (scope.athena() != null) {
                lines.add(whereFound(athena(scope.athena())));
            }
        }
        WHERE_FOUND.forEach(each -> lines.add(whereFound(each)));
        lines.add(total(accounts, regions, known, scope.organization(), bill));
        lines.add("aws: at most $" + maxApiCost.toPlainString() + " (--max-api-cost)");
        return lines;
    }

    private static WhereFound athena(AthenaScope athena) {
        return new WhereFound(
                "an export of " + athena.aboveGib().toPlainString() + " to "
                        + athena.maxScanGib().toPlainString() + " GiB under a table",
                "some 10; $5 for each TB",
                "Glue.GetDatabases",
                "Glue.GetTables",
                "Glue.GetTable",
                "Athena.GetWorkGroup",
                "Athena.StartQueryExecution",
                "Athena.GetQueryExecution",
                "Athena.GetQueryResults");
    }

    private static String always(String where, Always group, int times) {
        long requests = requests(group, times);
        BigDecimal usd = usd(group, times);
        return String.format(
                Locale.ROOT,
                "aws: %s, %s%,d requests%s: %s",
                where,
                group == Always.ONCE ? "" : "about ",
                requests,
                usd.signum() == 0 ? "" : ", $" + usd.toPlainString(),
                actions(ALWAYS.get(group)));
    }

    private static String whereFound(WhereFound each) {
        return "aws: for " + each.what() + " (" + each.howOften() + "): " + actions(each.operations());
    }

    private static long requests(Always group, int times) {
        return (long) ALWAYS.get(group).size() * times;
    }

    private static BigDecimal usd(Always group, int times) {
        long charged = ALWAYS.get(group).stream()
                .filter(operation -> operation.startsWith("CostExplorer."))
                .count();
        return AwsPrices.COST_EXPLORER_REQUEST.multiply(BigDecimal.valueOf(charged * times));
    }

    /** As policies name them; what needs no permission is named as AWS calls it. */
    private static String actions(List<String> operations) {
        Operations all = Operations.of(AwsCollector.class, null);
        return operations.stream()
                .map(all::action)
                .map(action -> action.replace("Sts.", "sts:"))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String total(int accounts, int regions, boolean known, boolean organization, boolean bill) {
        Map<Always, Integer> times = Map.of(
                Always.ONCE,
                1,
                Always.ACCOUNT,
                accounts,
                Always.REGION,
                accounts * regions,
                Always.BILL,
                bill ? accounts : 0);
        long requests = (organization ? 1 : 0)
                + Stream.of(Always.values())
                        .mapToLong(group -> requests(group, times.get(group)))
                        .sum();
        BigDecimal usd = Stream.of(Always.values())
                .map(group -> usd(group, times.get(group)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return String.format(
                Locale.ROOT,
                "aws: in total about %,d requests and $%s%s if nothing is found; 100 instances with one accelerator each need about %d requests and $%s more",
                requests,
                usd.toPlainString(),
                known ? "" : " for each account",
                FOR_100_MACHINES,
                AwsPrices.ofMetrics(SERIES_OF_100_MACHINES).stripTrailingZeros().toPlainString());
    }
}
