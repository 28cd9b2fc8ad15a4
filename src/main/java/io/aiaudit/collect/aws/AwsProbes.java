package io.aiaudit.collect.aws;

import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.bcmdataexports.BcmDataExportsClient;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.budgets.BudgetsClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.costandusagereport.CostAndUsageReportClient;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.costexplorer.model.Granularity;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/** The cheapest call of each operation, to see whether it is allowed. What asks for one thing asks for one that does not exist: AWS looks at the permission first. */
final class AwsProbes {
    private static final String NOBODY = "aiaudit-asks-whether-it-may";
    private static final String NO_RESERVATION = "cr-00000000000000000";
    private static final Map<String, Consumer<AwsPlace>> PROBES = probes();

    private AwsProbes() {}

    /** By operation, as permissions.txt names it; what enters accounts is not among them, since it has been called by then. */
    static Map<String, Consumer<AwsPlace>> all() {
        return PROBES;
    }

    private static Map<String, Consumer<AwsPlace>> probes() {
        Map<String, Consumer<AwsPlace>> probes = new LinkedHashMap<>();
        probes.put("Ec2.DescribeInstances", place -> place.ec2().describeInstances(request -> request.maxResults(5)));
        probes.put(
                "Ec2.DescribeInstanceTypes",
                place -> place.ec2().describeInstanceTypes(request -> request.instanceTypesWithStrings("g5.xlarge")));
        probes.put("Ec2.DescribeVolumes", place -> place.ec2().describeVolumes(request -> request.maxResults(5)));
        commitments(probes);
        prices(probes);
        advice(probes);
        sageMaker(probes);
        probes.put(
                "ApplicationAutoScaling.DescribeScalableTargets",
                place -> autoScaling(place)
                        .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER)));
        probes.put(
                "ApplicationAutoScaling.DescribeScalingPolicies",
                place -> autoScaling(place)
                        .describeScalingPolicies(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER)));
        probes.put(
                "ApplicationAutoScaling.DescribeScheduledActions",
                place -> autoScaling(place)
                        .describeScheduledActions(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER)));
        studioAndClusters(probes);
        groups(probes);
        bedrock(probes);
        governance(probes);
        probes.put(
                "CloudWatch.ListMetrics",
                place -> cloudWatch(place)
                        .listMetrics(request -> request.namespace("AWS/EC2").metricName(NOBODY)));
        probes.put("CloudWatch.GetMetricData", AwsProbes::metricData);
        bill(probes);
        return Map.copyOf(probes);
    }

    private static void groups(Map<String, Consumer<AwsPlace>> probes) {
        probes.put(
                "AutoScaling.DescribePolicies",
                place -> place.client(AutoScalingClient.class, AutoScalingClient::builder)
                        .describePolicies(request -> request.maxRecords(1)));
        probes.put(
                "AutoScaling.DescribeScheduledActions",
                place -> place.client(AutoScalingClient.class, AutoScalingClient::builder)
                        .describeScheduledActions(request -> request.maxRecords(1)));
        probes.put(
                "Ec2.DescribeLaunchTemplateVersions",
                place -> place.ec2()
                        .describeLaunchTemplateVersions(
                                request -> request.versions("$Default").maxResults(1)));
        probes.put(
                "AutoScaling.DescribeAutoScalingGroups",
                place -> place.client(AutoScalingClient.class, AutoScalingClient::builder)
                        .describeAutoScalingGroups(request -> request.maxRecords(1)));
        probes.put("Eks.ListClusters", place -> eks(place).listClusters(request -> request.maxResults(1)));
        probes.put("Eks.ListNodegroups", place -> eks(place).listNodegroups(request -> request.clusterName(NOBODY)));
        probes.put(
                "Eks.DescribeNodegroup",
                place -> eks(place)
                        .describeNodegroup(
                                request -> request.clusterName(NOBODY).nodegroupName(NOBODY)));
    }

    /** Anomaly monitors take a cent, as all of Cost Explorer. Buckets can be tried only where a trail names one. */
    private static void governance(Map<String, Consumer<AwsPlace>> probes) {
        sageMaker(probes, "DescribeModel", client -> client.describeModel(request -> request.modelName(NOBODY)));
        sageMaker(
                probes,
                "DescribeModelPackage",
                client -> client.describeModelPackage(request -> request.modelPackageName(NOBODY)));
        sageMaker(
                probes,
                "ListMonitoringSchedules",
                client -> client.listMonitoringSchedules(request -> request.maxResults(1)));
        probes.put("CloudTrail.DescribeTrails", place -> trails(place).describeTrails(request -> {}));
        probes.put(
                "CloudTrail.GetEventSelectors",
                place -> trails(place).getEventSelectors(request -> request.trailName(NOBODY)));
        probes.put("CloudTrail.GetTrailStatus", place -> trails(place).getTrailStatus(request -> request.name(NOBODY)));
        probes.put(
                "Budgets.DescribeBudgets",
                place -> place.atHome()
                        .client(BudgetsClient.class, BudgetsClient::builder)
                        .describeBudgets(
                                request -> request.accountId(place.account()).maxResults(1)));
        probes.put(
                "CostExplorer.GetAnomalyMonitors",
                place -> place.atHome()
                        .client(CostExplorerClient.class, CostExplorerClient::builder)
                        .getAnomalyMonitors(request -> request.maxResults(1)));
        probes.put(
                "CostExplorer.GetAnomalySubscriptions",
                place -> place.atHome()
                        .client(CostExplorerClient.class, CostExplorerClient::builder)
                        .getAnomalySubscriptions(request -> request.maxResults(1)));
    }

    private static CloudTrailClient trails(AwsPlace place) {
        return place.client(CloudTrailClient.class, CloudTrailClient::builder);
    }

    private static EksClient eks(AwsPlace place) {
        return place.client(EksClient.class, EksClient::builder);
    }

    private static void bedrock(Map<String, Consumer<AwsPlace>> probes) {
        bedrock(probes, "ListProvisionedModelThroughputs", client -> client.listProvisionedModelThroughputs(r -> {}));
        bedrock(probes, "ListCustomModels", client -> client.listCustomModels(request -> request.maxResults(1)));
        bedrock(probes, "ListCustomModelDeployments", client -> client.listCustomModelDeployments(request -> {}));
        bedrock(probes, "ListImportedModels", client -> client.listImportedModels(request -> request.maxResults(1)));
        bedrock(probes, "ListModelInvocationJobs", client -> client.listModelInvocationJobs(request -> {}));
        bedrock(probes, "ListFoundationModels", client -> client.listFoundationModels(request -> {}));
        bedrock(probes, "ListGuardrails", client -> client.listGuardrails(request -> request.maxResults(1)));
        bedrock(probes, "ListInferenceProfiles", client -> client.listInferenceProfiles(request -> {}));
        bedrock(
                probes,
                "GetModelInvocationLoggingConfiguration",
                client -> client.getModelInvocationLoggingConfiguration(request -> {}));
        // Of things that exist only: without provisioned units nobody asks for their tags.
        bedrock(
                probes,
                "ListTagsForResource",
                client -> client.listProvisionedModelThroughputs(request -> request.maxResults(1))
                        .provisionedModelSummaries()
                        .forEach(units -> client.listTagsForResource(
                                request -> request.resourceARN(units.provisionedModelArn()))));
    }

    private static void bedrock(
            Map<String, Consumer<AwsPlace>> probes, String operation, Consumer<BedrockClient> call) {
        probes.put("Bedrock." + operation, place -> call.accept(Bedrock.client(place)));
    }

    /** Asking Cost Explorer takes a cent each time. What lies in S3 can be tried only where an export is known. */
    private static void bill(Map<String, Consumer<AwsPlace>> probes) {
        probes.put(
                "BcmDataExports.ListExports",
                place -> place.atHome()
                        .client(BcmDataExportsClient.class, BcmDataExportsClient::builder)
                        .listExports(request -> request.maxResults(1)));
        probes.put(
                "CostAndUsageReport.DescribeReportDefinitions",
                place -> place.atHome()
                        .client(CostAndUsageReportClient.class, CostAndUsageReportClient::builder)
                        .describeReportDefinitions(request -> request.maxResults(5)));
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        probes.put(
                "CostExplorer.GetCostAndUsage",
                place -> place.atHome()
                        .client(CostExplorerClient.class, CostExplorerClient::builder)
                        .getCostAndUsage(request -> request.timePeriod(period -> period.start(
                                                today.minusDays(1).toString())
                                        .end(today.toString()))
                                .granularity(Granularity.DAILY)
                                .metrics(CostExplorer.AMORTIZED)));
        probes.put("CostExplorer.GetCostAndUsageWithResources", AwsProbes::costOfResources);
    }

    /** How much of a commitment is used takes a cent to ask, and is no question where there is none. */
    private static void commitments(Map<String, Consumer<AwsPlace>> probes) {
        probes.put(
                "Ec2.DescribeCapacityReservations",
                place -> place.ec2().describeCapacityReservations(request -> request.maxResults(5)));
        probes.put(
                "Ec2.GetCapacityReservationUsage",
                place -> place.ec2()
                        .getCapacityReservationUsage(request -> request.capacityReservationId(NO_RESERVATION)));
        probes.put("Ec2.DescribeReservedInstances", place -> ReservedMachines.active(place));
        probes.put("Savingsplans.DescribeSavingsPlans", place -> SavingsPlans.active(place.atHome()));
        probes.put("CostExplorer.GetSavingsPlansUtilizationDetails", place -> {
            if (!SavingsPlans.active(place.atHome()).isEmpty()) {
                CommitmentUse.ofSavingsPlans(place, yesterday());
            }
        });
        probes.put("CostExplorer.GetReservationUtilization", place -> {
            if (!ReservedMachines.active(place).isEmpty()) {
                CommitmentUse.ofReservedInstances(place, yesterday());
            }
        });
    }

    private static void prices(Map<String, Consumer<AwsPlace>> probes) {
        probes.put(
                "Pricing.GetProducts",
                place -> place.atHome()
                        .client(PricingClient.class, PricingClient::builder)
                        .getProducts(request -> request.serviceCode("AmazonEC2").maxResults(1)));
        probes.put(
                "Ec2.DescribeSpotPriceHistory",
                place -> place.ec2().describeSpotPriceHistory(request -> request.maxResults(5)));
    }

    private static void advice(Map<String, Consumer<AwsPlace>> probes) {
        probes.put(
                "ComputeOptimizer.GetEnrollmentStatus",
                place -> ComputeOptimizerAdvice.client(place).getEnrollmentStatus(request -> {}));
        probes.put(
                "ComputeOptimizer.GetEC2InstanceRecommendations",
                place -> ComputeOptimizerAdvice.client(place)
                        .getEC2InstanceRecommendations(request -> request.maxResults(1)));
        probes.put(
                "ComputeOptimizer.GetIdleRecommendations",
                place -> ComputeOptimizerAdvice.client(place).getIdleRecommendations(request -> request.maxResults(1)));
        probes.put(
                "CostOptimizationHub.ListEnrollmentStatuses",
                place -> OptimizationHubAdvice.client(place)
                        .listEnrollmentStatuses(request -> request.accountId(place.account())));
        probes.put(
                "CostOptimizationHub.ListRecommendations",
                place -> OptimizationHubAdvice.client(place).listRecommendations(request -> request.maxResults(1)));
    }

    private static Window yesterday() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return Window.ofDays(today.minusDays(1), today);
    }

    /** Of a service that every account has some use of; of one that costs nothing there are no resources to tell. */
    private static void costOfResources(AwsPlace place) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        place.atHome()
                .client(CostExplorerClient.class, CostExplorerClient::builder)
                .getCostAndUsageWithResources(request -> request.timePeriod(period ->
                                period.start(today.minusDays(1).toString()).end(today.toString()))
                        .granularity(Granularity.DAILY)
                        .metrics(CostExplorer.AMORTIZED)
                        .groupBy(CostExplorer.group("RESOURCE_ID"))
                        .filter(CostExplorer.where("SERVICE", List.of("Amazon Elastic Compute Cloud - Compute"))));
    }

    private static void sageMaker(Map<String, Consumer<AwsPlace>> probes) {
        sageMaker(probes, "ListEndpoints", client -> client.listEndpoints(request -> request.maxResults(1)));
        sageMaker(probes, "DescribeEndpoint", client -> client.describeEndpoint(r -> r.endpointName(NOBODY)));
        sageMaker(
                probes,
                "DescribeEndpointConfig",
                client -> client.describeEndpointConfig(request -> request.endpointConfigName(NOBODY)));
        sageMaker(
                probes,
                "ListInferenceComponents",
                client -> client.listInferenceComponents(request -> request.maxResults(1)));
        sageMaker(
                probes,
                "DescribeInferenceComponent",
                client -> client.describeInferenceComponent(request -> request.inferenceComponentName(NOBODY)));
        // Of things that exist only: without an endpoint or a notebook nobody asks for tags.
        sageMaker(
                probes,
                "ListTags",
                client -> client.listEndpoints(request -> request.maxResults(1))
                        .endpoints()
                        .forEach(endpoint -> client.listTags(request -> request.resourceArn(endpoint.endpointArn()))));
        sageMaker(
                probes,
                "ListNotebookInstances",
                client -> client.listNotebookInstances(request -> request.maxResults(1)));
        sageMaker(probes, "ListTrainingJobs", client -> client.listTrainingJobs(request -> request.maxResults(1)));
        sageMaker(
                probes,
                "DescribeTrainingJob",
                client -> client.describeTrainingJob(request -> request.trainingJobName(NOBODY)));
        sageMaker(probes, "ListProcessingJobs", client -> client.listProcessingJobs(request -> request.maxResults(1)));
        sageMaker(
                probes,
                "DescribeProcessingJob",
                client -> client.describeProcessingJob(request -> request.processingJobName(NOBODY)));
        sageMaker(probes, "ListTransformJobs", client -> client.listTransformJobs(request -> request.maxResults(1)));
        sageMaker(
                probes,
                "DescribeTransformJob",
                client -> client.describeTransformJob(request -> request.transformJobName(NOBODY)));
    }

    private static void studioAndClusters(Map<String, Consumer<AwsPlace>> probes) {
        sageMaker(probes, "ListDomains", client -> client.listDomains(request -> request.maxResults(1)));
        sageMaker(probes, "DescribeDomain", client -> client.describeDomain(request -> request.domainId(NOBODY)));
        sageMaker(probes, "ListApps", client -> client.listApps(request -> request.maxResults(1)));
        sageMaker(
                probes,
                "DescribeApp",
                client -> client.describeApp(request -> request.domainId(NOBODY)
                        .userProfileName(NOBODY)
                        .appType("JupyterLab")
                        .appName(NOBODY)));
        sageMaker(probes, "ListSpaces", client -> client.listSpaces(request -> request.maxResults(1)));
        sageMaker(probes, "ListTrainingPlans", client -> client.listTrainingPlans(request -> request.maxResults(1)));
        sageMaker(probes, "ListClusters", client -> client.listClusters(request -> request.maxResults(1)));
        sageMaker(probes, "DescribeCluster", client -> client.describeCluster(request -> request.clusterName(NOBODY)));
        sageMaker(
                probes, "ListClusterNodes", client -> client.listClusterNodes(request -> request.clusterName(NOBODY)));
    }

    private static void sageMaker(
            Map<String, Consumer<AwsPlace>> probes, String operation, Consumer<SageMakerClient> call) {
        probes.put("SageMaker." + operation, place -> call.accept(place.sageMaker()));
    }

    private static ApplicationAutoScalingClient autoScaling(AwsPlace place) {
        return place.client(ApplicationAutoScalingClient.class, ApplicationAutoScalingClient::builder);
    }

    private static CloudWatchClient cloudWatch(AwsPlace place) {
        return place.client(CloudWatchClient.class, CloudWatchClient::builder);
    }

    private static void metricData(AwsPlace place) {
        Metric metric = Metric.builder()
                .namespace("AWS/EC2")
                .metricName("CPUUtilization")
                .build();
        MetricDataQuery query = MetricDataQuery.builder()
                .id("q0")
                .metricStat(stat -> stat.metric(metric).period(3600).stat("Average"))
                .build();
        Instant now = Instant.now();
        cloudWatch(place)
                .getMetricData(request -> request.startTime(now.minus(Duration.ofHours(1)))
                        .endTime(now)
                        .metricDataQueries(List.of(query)));
    }
}
