package io.aiaudit.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantInstanceType;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantServerlessConfig;

/**
 * A small company in moto: machines and endpoints of every sort in two regions, and what they did in the last 15 full
 * days.
 */
public final class MotoCompany {
    /** Everything was made so long ago, but for what is young. */
    private static final int OLD = 90;

    private static final int HOURS = 15 * 24;

    private final Moto moto;
    private final Instant end = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private final Instant start = end.minus(Duration.ofHours(HOURS));

    public MotoCompany(Moto moto) {
        this.moto = moto;
    }

    public void fill() {
        fill(Moto.ACCOUNT);
    }

    private void fill(String account) {
        moto.daysAgo(OLD);
        usEast(account);
        euWest(account);
        moto.daysAgo(2);
        endpoint("us-east-1", account, "two-days-old", gpuVariant("all"));
        moto.daysAgo(5);
        jobs(sageMaker("us-east-1", account), account);
        scaling(account);
        moto.daysAgo(0);
    }

    /** Only what lies in eu-west-1: an idle machine and a spot machine. */
    public void fillEurope(String account) {
        moto.daysAgo(OLD);
        euWest(account);
        moto.daysAgo(0);
    }

    /** Machines that are alike, without metrics. */
    public void fillMachines(String region, int count) {
        moto.daysAgo(OLD);
        machine(
                region,
                Moto.ACCOUNT,
                "worker",
                "g5.xlarge",
                request -> request.minCount(count).maxCount(count));
        moto.daysAgo(0);
    }

    /**
     * A machine that never does anything, and that runs in the second half of the time only, of which alone anything is
     * measured.
     */
    public void fillMachineOfTheSecondHalf(String region, String name) {
        moto.daysAgo(OLD);
        String machine = machine(region, Moto.ACCOUNT, name, "g5.xlarge", request -> {});
        moto.daysAgo(0);
        putSome(
                region,
                Moto.ACCOUNT,
                "CWAgent",
                "nvidia_smi_utilization_gpu",
                hour -> hour >= HOURS / 2,
                hour -> 0,
                dimension("InstanceId", machine),
                dimension("index", "0"),
                dimension("name", "GPU"));
        putSome(
                region,
                Moto.ACCOUNT,
                "AWS/EC2",
                "CPUUtilization",
                hour -> hour >= HOURS / 2,
                hour -> 3,
                dimension("InstanceId", machine));
    }

    /**
     * A machine with four accelerators as the CloudWatch agent publishes what NVIDIA's DCGM exporter has of them, and
     * its pods; {@code named} is whether it names the machine.
     */
    public void fillDcgm(String region, String name, boolean named, IntToDoubleFunction percent) {
        moto.daysAgo(OLD);
        String machine = machine(region, Moto.ACCOUNT, name, "g4dn.12xlarge", request -> {});
        moto.daysAgo(0);
        String namespace = "ContainerInsights/Prometheus";
        Dimension of = named ? dimension("InstanceId", machine) : dimension("job", "dcgm");
        for (int gpu = 0; gpu < 4; gpu++) {
            Dimension index = dimension("gpu", String.valueOf(gpu));
            Dimension device = dimension("device", "nvidia" + gpu);
            put(region, Moto.ACCOUNT, namespace, "DCGM_FI_DEV_GPU_UTIL", percent, of, index, device);
            put(region, Moto.ACCOUNT, namespace, "DCGM_FI_DEV_FB_USED", hour -> 2048, of, index, device);
            put(region, Moto.ACCOUNT, namespace, "DCGM_FI_DEV_GPU_UTIL", hour -> 99, of, index, dimension("pod", "p"));
        }
    }

    /** An endpoint of one variant that has so many instances in each hour, each of which got ten requests. */
    public void fillEndpointOfMachines(String region, String name, IntToDoubleFunction machines) {
        fillEndpoint(region, name);
        requests(region, Moto.ACCOUNT, name, "all", hour -> 10 * machines.applyAsDouble(hour));
        put(
                region,
                Moto.ACCOUNT,
                "AWS/SageMaker",
                "InvocationsPerInstance",
                hour -> 10,
                dimension("EndpointName", name),
                dimension("VariantName", "all"));
    }

    /** A range in which the variant of this endpoint may scale; nothing scales it yet. */
    public ApplicationAutoScalingClient fillTarget(String region, String endpoint, int least, int most) {
        ApplicationAutoScalingClient scaling = moto.client(ApplicationAutoScalingClient.builder(), region);
        scaling.registerScalableTarget(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER)
                .resourceId("endpoint/" + endpoint + "/variant/all")
                .scalableDimension(ScalableDimension.SAGEMAKER_VARIANT_DESIRED_INSTANCE_COUNT)
                .minCapacity(least)
                .maxCapacity(most));
        return scaling;
    }

    /** One endpoint of one variant. */
    public void fillEndpoint(String region, String name) {
        moto.daysAgo(OLD);
        endpoint(region, Moto.ACCOUNT, name, gpuVariant("all"));
        moto.daysAgo(0);
    }

    /** A model of Bedrock that was called by this name, so often in each hour: 100 tokens in, 10 out, 800 ms. */
    public void fillModel(String region, String name, IntToDoubleFunction requests) {
        Dimension model = dimension("ModelId", name);
        String namespace = "AWS/Bedrock";
        put(region, Moto.ACCOUNT, namespace, "Invocations", requests, model);
        put(region, Moto.ACCOUNT, namespace, "InputTokenCount", hour -> 100 * requests.applyAsDouble(hour), model);
        put(region, Moto.ACCOUNT, namespace, "OutputTokenCount", hour -> 10 * requests.applyAsDouble(hour), model);
        put(region, Moto.ACCOUNT, namespace, "InvocationLatency", hour -> 800, model);
    }

    /** The same through the endpoint of OpenAI's API. */
    public void fillModelThroughOpenAi(String region, String name, IntToDoubleFunction requests) {
        Dimension model = dimension("Model", name);
        String namespace = "AWS/BedrockMantle";
        put(region, Moto.ACCOUNT, namespace, "Inferences", requests, model);
        put(region, Moto.ACCOUNT, namespace, "TotalInputTokens", hour -> 100 * requests.applyAsDouble(hour), model);
        put(region, Moto.ACCOUNT, namespace, "TotalOutputTokens", hour -> 10 * requests.applyAsDouble(hour), model);
    }

    /**
     * A machine of a job of SageMaker, such as {@code TrainingJobs}: how much of 100 percent of each accelerator it
     * used.
     */
    public void fillHost(String region, String jobs, String host, IntToDoubleFunction percent) {
        put(region, Moto.ACCOUNT, "/aws/sagemaker/" + jobs, "GPUUtilization", percent, dimension("Host", host));
        fillHostWithoutAccelerator(region, jobs, host, percent);
    }

    public void fillHostWithoutAccelerator(String region, String jobs, String host, IntToDoubleFunction percent) {
        put(region, Moto.ACCOUNT, "/aws/sagemaker/" + jobs, "CPUUtilization", percent, dimension("Host", host));
    }

    /**
     * A node of HyperPod as Container Insights publishes it: how much of 100 percent of its one accelerator it used.
     */
    public void fillNode(String region, String instance, IntToDoubleFunction percent) {
        put(
                region,
                Moto.ACCOUNT,
                "ContainerInsights",
                "node_gpu_utilization",
                percent,
                dimension("ClusterName", "research"),
                dimension("GpuDevice", "nvidia0"),
                dimension("InstanceId", instance),
                dimension("InstanceType", "ml.g5.xlarge"),
                dimension("NodeName", "hyperpod-" + instance));
    }

    /** How many requests wait at an asynchronous endpoint. */
    public void fillBacklog(String region, String endpoint, IntToDoubleFunction requests) {
        put(
                region,
                Moto.ACCOUNT,
                "AWS/SageMaker",
                "ApproximateBacklogSize",
                requests,
                dimension("EndpointName", endpoint));
    }

    private void usEast(String account) {
        String region = "us-east-1";
        String idle = machine(region, account, "idle", "g5.xlarge", request -> {});
        gpu(region, account, idle, hour -> 0);
        String busy = machine(region, account, "busy", "g4dn.12xlarge", request -> {});
        for (int i = 0; i < 4; i++) {
            gpu(region, account, busy, i, hour -> 70 + hour % 20);
        }
        String partly = machine(region, account, "partly-measured", "g4dn.12xlarge", request -> {});
        gpu(region, account, partly, 0, hour -> 0);
        String office = machine(region, account, "office-hours", "g5.xlarge", request -> {});
        gpu(region, account, office, hour -> isOffice(hour) ? 80 : 0);
        machine(region, account, "no-metrics", "g5.xlarge", request -> {});
        String stopped = machine(region, account, "stopped", "p3.2xlarge", request -> {});
        ec2(region, account).stopInstances(request -> request.instanceIds(stopped));
        machine(region, account, "web", "t3.large", request -> {});
        endpoint(region, account, "quiet", gpuVariant("all"));
        requests(region, account, "lively", "all", hour -> 100);
        endpoint(region, account, "lively", gpuVariant("all"));
        endpoint(region, account, "half-used", gpuVariant("used"), gpuVariant("forgotten"));
        requests(region, account, "half-used", "used", hour -> 50);
        endpoint(
                region,
                account,
                "serverless",
                ProductionVariant.builder()
                        .variantName("all")
                        .modelName("model")
                        .serverlessConfig(ProductionVariantServerlessConfig.builder()
                                .memorySizeInMB(4096)
                                .maxConcurrency(5)
                                .build())
                        .build());
        sageMaker(region, account)
                .createNotebookInstance(request -> request.notebookInstanceName("forgotten-notebook")
                        .instanceType("ml.p3.2xlarge")
                        .roleArn("arn:aws:iam::" + account + ":role/sagemaker"));
    }

    private void euWest(String account) {
        String region = "eu-west-1";
        String hostOnly = machine(region, account, "idle-with-host-only", "g4dn.xlarge", request -> {});
        String host = ec2(region, account)
                .describeInstances(request -> request.instanceIds(hostOnly))
                .reservations()
                .get(0)
                .instances()
                .get(0)
                .privateDnsName();
        put(
                region,
                account,
                "CWAgent",
                "nvidia_smi_utilization_gpu",
                hour -> 0,
                dimension("host", host),
                dimension("index", "0"));
        machine(
                region,
                account,
                "spot",
                "g4dn.xlarge",
                request -> request.instanceMarketOptions(market -> market.marketType("spot")));
    }

    /** The lively endpoint scales between one machine and three. */
    private void scaling(String account) {
        ApplicationAutoScalingClient scaling =
                moto.client(ApplicationAutoScalingClient.builder(), "us-east-1", account);
        scaling.registerScalableTarget(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER)
                .resourceId("endpoint/lively/variant/all")
                .scalableDimension(ScalableDimension.SAGEMAKER_VARIANT_DESIRED_INSTANCE_COUNT)
                .minCapacity(1)
                .maxCapacity(3));
        scaling.putScalingPolicy(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER)
                .policyName("by-requests")
                .policyType(PolicyType.TARGET_TRACKING_SCALING)
                .resourceId("endpoint/lively/variant/all")
                .scalableDimension(ScalableDimension.SAGEMAKER_VARIANT_DESIRED_INSTANCE_COUNT));
    }

    private static void jobs(SageMakerClient sageMaker, String account) {
        String role = "arn:aws:iam::" + account + ":role/sagemaker";
        sageMaker.createTrainingJob(request -> request.trainingJobName("nightly-train-20260601")
                .roleArn(role)
                .algorithmSpecification(
                        algorithm -> algorithm.trainingImage("image").trainingInputMode("File"))
                .outputDataConfig(output -> output.s3OutputPath("s3://models/"))
                .resourceConfig(machines ->
                        machines.instanceType("ml.p3.2xlarge").instanceCount(1).volumeSizeInGB(50))
                .stoppingCondition(stop -> stop.maxRuntimeInSeconds(3600)));
        sageMaker.createProcessingJob(request -> request.processingJobName("prepare")
                .roleArn(role)
                .appSpecification(application -> application.imageUri("image"))
                .processingResources(machines -> machines.clusterConfig(cluster ->
                        cluster.instanceType("ml.m5.large").instanceCount(1).volumeSizeInGB(30))));
        sageMaker.createTransformJob(request -> request.transformJobName("score")
                .modelName("model")
                .transformInput(input -> input.dataSource(source ->
                        source.s3DataSource(s3 -> s3.s3DataType("S3Prefix").s3Uri("s3://in/"))))
                .transformOutput(output -> output.s3OutputPath("s3://out/"))
                .transformResources(
                        machines -> machines.instanceType("ml.g4dn.xlarge").instanceCount(1)));
    }

    /** Monday to Friday, 8 to 18 UTC. */
    private boolean isOffice(int hour) {
        var time = start.plus(Duration.ofHours(hour)).atOffset(ZoneOffset.UTC);
        return time.getDayOfWeek().getValue() <= 5 && time.getHour() >= 8 && time.getHour() < 18;
    }

    private Ec2Client ec2(String region, String account) {
        return moto.client(Ec2Client.builder(), region, account);
    }

    private SageMakerClient sageMaker(String region, String account) {
        return moto.client(SageMakerClient.builder(), region, account);
    }

    private String machine(
            String region,
            String account,
            String name,
            String type,
            java.util.function.Consumer<RunInstancesRequest.Builder> further) {
        RunInstancesRequest.Builder request = RunInstancesRequest.builder()
                .imageId("ami-12c6146b")
                .instanceType(InstanceType.fromValue(type))
                .minCount(1)
                .maxCount(1)
                .tagSpecifications(TagSpecification.builder()
                        .resourceType(ResourceType.INSTANCE)
                        .tags(
                                Tag.builder().key("Name").value(name).build(),
                                Tag.builder().key("team").value("search").build())
                        .build());
        further.accept(request);
        return ec2(region, account)
                .runInstances(request.build())
                .instances()
                .get(0)
                .instanceId();
    }

    /** As the CloudWatch agent publishes it: one series for each accelerator. */
    private void gpu(String region, String account, String instance, IntToDoubleFunction percent) {
        gpu(region, account, instance, 0, percent);
        put(
                region,
                account,
                "CWAgent",
                "nvidia_smi_memory_used",
                hour -> 3000,
                dimension("InstanceId", instance),
                dimension("index", "0"),
                dimension("name", "NVIDIA A10G"));
        put(region, account, "AWS/EC2", "CPUUtilization", hour -> 3, dimension("InstanceId", instance));
    }

    private void gpu(String region, String account, String instance, int index, IntToDoubleFunction percent) {
        put(
                region,
                account,
                "CWAgent",
                "nvidia_smi_utilization_gpu",
                percent,
                dimension("InstanceId", instance),
                dimension("index", String.valueOf(index)),
                dimension("name", "GPU"));
    }

    private void requests(String region, String account, String endpoint, String variant, IntToDoubleFunction perHour) {
        put(
                region,
                account,
                "AWS/SageMaker",
                "Invocations",
                perHour,
                dimension("EndpointName", endpoint),
                dimension("VariantName", variant));
    }

    private static ProductionVariant gpuVariant(String name) {
        return ProductionVariant.builder()
                .variantName(name)
                .modelName("model")
                .instanceType(ProductionVariantInstanceType.fromValue("ml.g4dn.xlarge"))
                .initialInstanceCount(1)
                .build();
    }

    private void endpoint(String region, String account, String name, ProductionVariant... variants) {
        SageMakerClient sageMaker = sageMaker(region, account);
        if (sageMaker.listModels(request -> {}).models().isEmpty()) {
            sageMaker.createModel(request -> request.modelName("model")
                    .executionRoleArn("arn:aws:iam::" + account + ":role/sagemaker")
                    .primaryContainer(container -> container.image("image")));
        }
        sageMaker.createEndpointConfig(
                request -> request.endpointConfigName(name + "-config").productionVariants(variants));
        sageMaker.createEndpoint(request -> request.endpointName(name).endpointConfigName(name + "-config"));
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private void put(
            String region,
            String account,
            String namespace,
            String metric,
            IntToDoubleFunction value,
            Dimension... dimensions) {
        putSome(region, account, namespace, metric, hour -> true, value, dimensions);
    }

    private void putSome(
            String region,
            String account,
            String namespace,
            String metric,
            IntPredicate there,
            IntToDoubleFunction value,
            Dimension... dimensions) {
        CloudWatchClient cloudWatch = moto.client(CloudWatchClient.builder(), region, account);
        List<MetricDatum> data = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            if (there.test(hour)) {
                data.add(MetricDatum.builder()
                        .metricName(metric)
                        .dimensions(dimensions)
                        .timestamp(start.plus(Duration.ofHours(hour)).plusSeconds(60))
                        .value(value.applyAsDouble(hour))
                        .build());
            }
        }
        cloudWatch.putMetricData(request -> request.namespace(namespace).metricData(data));
    }
}
