package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.REGION;
import static io.aiaudit.collect.Operation.NO_SUCH_NAME;
import static io.aiaudit.collect.aws.AwsService.SAGEMAKER;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeProcessingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeTransformJobResponse;
import software.amazon.awssdk.services.sagemaker.model.ProcessingJobSummary;
import software.amazon.awssdk.services.sagemaker.model.TrainingJobSummary;
import software.amazon.awssdk.services.sagemaker.model.TransformJobSummary;

/**
 * SageMaker's training, processing and transform jobs that did something in the window. Failed ones are paid for, too.
 */
final class SageMakerJobs extends AwsPart {
    static final Frequency FOUND =
            new Frequency("jobs, Studio and HyperPod", "1 for each job, app and domain, 2 for each cluster");

    static final List<AwsOperation> OPERATIONS = List.of(
            SAGEMAKER
                    .operation("ListTrainingJobs", REGION, "training_job")
                    .knownToEveryServer()
                    .alwaysLists()
                    .probe(client -> client.listTrainingJobs(request -> request.maxResults(1))),
            SAGEMAKER
                    .operation("DescribeTrainingJob", FOUND, "training_job")
                    .knownToEveryServer()
                    .probe(client -> client.describeTrainingJob(request -> request.trainingJobName(NO_SUCH_NAME))),
            SAGEMAKER
                    .operation("ListProcessingJobs", REGION, "batch_job")
                    .knownToEveryServer()
                    .alwaysLists()
                    .probe(client -> client.listProcessingJobs(request -> request.maxResults(1))),
            SAGEMAKER
                    .operation("DescribeProcessingJob", FOUND, "batch_job")
                    .knownToEveryServer()
                    .probe(client -> client.describeProcessingJob(request -> request.processingJobName(NO_SUCH_NAME))),
            SAGEMAKER
                    .operation("ListTransformJobs", REGION, "batch_job")
                    .knownToEveryServer()
                    .alwaysLists()
                    .probe(client -> client.listTransformJobs(request -> request.maxResults(1))),
            SAGEMAKER
                    .operation("DescribeTransformJob", FOUND, "batch_job")
                    .knownToEveryServer()
                    .probe(client -> client.describeTransformJob(request -> request.transformJobName(NO_SUCH_NAME))));

    /** Attribute: the instances of all types of a job that has several. */
    static final String HOSTS = "hosts";

    SageMakerJobs() {
        super("jobs", Slice.Dataset.INVENTORY, AwsOperation.all(OPERATIONS, SageMakerFacts.OPERATIONS));
    }

    /** A job of any of the three kinds, as far as they are alike. */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
    record Job(
            String arn,
            String kind,
            String name,
            JobInstances instances,
            Instant created,
            Instant start,
            Instant end,
            String state,
            String purchase,
            Map<String, String> attributes) {
        /** A job of which only the list entry can be read: what it runs on is not known. */
        static Job listed(String arn, String kind, String name, Instant created, Instant end, String state) {
            return JobBuilder.builder()
                    .arn(arn)
                    .kind(kind)
                    .name(name)
                    .created(created)
                    .end(end)
                    .state(state)
                    .instances(JobInstances.UNKNOWN)
                    .attributes(new HashMap<>())
                    .build();
        }

        /** It waits, or failed before it had machines. */
        boolean neverRan() {
            return instances.count() != null && start == null;
        }
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        Details details = session.details(sink);
        List<Job> jobs = new ArrayList<>();
        jobs.addAll(training(session.sageMaker(), window, details));
        jobs.addAll(processing(session.sageMaker(), window, details));
        jobs.addAll(transform(session.sageMaker(), window, details));
        details.failUnlessSomethingAnswered();
        List<Job> inWindow = jobs.stream()
                .filter(job -> job.created() == null || job.created().isBefore(window.end()))
                .toList();
        MachineTypes types = SageMakerFacts.types(
                details,
                session,
                inWindow.stream()
                        .flatMap(job -> job.instances().types().stream())
                        .toList());
        details.make(label(), inWindow, Job::name, job -> resource(session, types, job), sink::resource);
        inWindow.forEach(job -> sayUnpriced(session, job, job.instances().chosen(types), sink));
    }

    private static void sayUnpriced(AwsSession session, Job job, JobInstances.Chosen chosen, Sink sink) {
        String of = "the job " + job.name() + " in " + session.account() + "/" + session.region();
        if (chosen.isWithoutPrice()) {
            sink.warning("There is no list price of " + of + ", which is on several instance types: "
                    + String.join(", ", chosen.others()) + ".");
        } else if (!chosen.others().isEmpty()) {
            sink.warning("Not in the list price of " + of + ": " + String.join(", ", chosen.others()) + ".");
        }
    }

    /** Requested by the time of the last change: a job that was made long before the window may run in it. */
    private static List<Job> training(SageMakerClient sageMaker, Window window, Details details) {
        List<TrainingJobSummary> listed = details.list(
                "training jobs",
                job -> sageMaker
                        .listTrainingJobsPaginator(
                                request -> request.maxResults(100).lastModifiedTimeAfter(window.start()))
                        .trainingJobSummaries()
                        .forEach(job));
        List<Job> jobs = new ArrayList<>();
        for (TrainingJobSummary job : listed) {
            jobs.add(details.call(
                            "instances of training jobs",
                            job.trainingJobName(),
                            () -> training(sageMaker.describeTrainingJob(
                                    request -> request.trainingJobName(job.trainingJobName()))))
                    .orElseGet(() -> training(job)));
        }
        return jobs;
    }

    private static Job training(TrainingJobSummary job) {
        return Job.listed(
                job.trainingJobArn(),
                "training_job",
                job.trainingJobName(),
                job.creationTime(),
                job.trainingEndTime(),
                job.trainingJobStatusAsString());
    }

    private static Job training(DescribeTrainingJobResponse job) {
        Map<String, String> attributes = new HashMap<>();
        put(attributes, "billable_seconds", job.billableTimeInSeconds());
        put(attributes, "training_seconds", job.trainingTimeInSeconds());
        put(attributes, "managed_spot", job.enableManagedSpotTraining());
        put(
                attributes,
                "checkpoints",
                job.checkpointConfig() == null ? null : job.checkpointConfig().s3Uri());
        put(attributes, "tuning_job", job.tuningJobArn());
        put(attributes, "auto_ml_job", job.autoMLJobArn());
        put(attributes, "failure", job.failureReason());
        if (job.warmPoolStatus() != null) {
            put(attributes, "warm_pool", job.warmPoolStatus().statusAsString());
            put(attributes, "warm_pool_seconds", job.warmPoolStatus().resourceRetainedBillableTimeInSeconds());
        }
        boolean hasMachines = job.resourceConfig() != null;
        if (hasMachines) {
            put(attributes, "training_plan", job.resourceConfig().trainingPlanArn());
            put(attributes, "keep_alive_seconds", job.resourceConfig().keepAlivePeriodInSeconds());
        }
        return JobBuilder.builder()
                .arn(job.trainingJobArn())
                .kind("training_job")
                .name(job.trainingJobName())
                .instances(hasMachines ? JobInstances.of(job.resourceConfig()) : JobInstances.UNKNOWN)
                .created(job.creationTime())
                .start(job.trainingStartTime())
                .end(job.trainingEndTime())
                .state(job.trainingJobStatusAsString())
                .purchase(Boolean.TRUE.equals(job.enableManagedSpotTraining()) ? "spot" : "on_demand")
                .attributes(attributes)
                .build();
    }

    private static List<Job> processing(SageMakerClient sageMaker, Window window, Details details) {
        List<ProcessingJobSummary> listed = details.list(
                "processing jobs",
                job -> sageMaker
                        .listProcessingJobsPaginator(
                                request -> request.maxResults(100).lastModifiedTimeAfter(window.start()))
                        .processingJobSummaries()
                        .forEach(job));
        List<Job> jobs = new ArrayList<>();
        for (ProcessingJobSummary job : listed) {
            jobs.add(details.call(
                            "instances of processing jobs",
                            job.processingJobName(),
                            () -> processing(sageMaker.describeProcessingJob(
                                    request -> request.processingJobName(job.processingJobName()))))
                    .orElseGet(() -> processing(job)));
        }
        return jobs;
    }

    private static Job processing(ProcessingJobSummary job) {
        return Job.listed(
                job.processingJobArn(),
                "batch_job",
                job.processingJobName(),
                job.creationTime(),
                job.processingEndTime(),
                job.processingJobStatusAsString());
    }

    private static Job processing(DescribeProcessingJobResponse job) {
        Map<String, String> attributes = new HashMap<>();
        put(attributes, "monitoring_schedule", job.monitoringScheduleArn());
        put(attributes, "failure", job.failureReason());
        boolean hasMachines =
                job.processingResources() != null && job.processingResources().clusterConfig() != null;
        return JobBuilder.builder()
                .arn(job.processingJobArn())
                .kind("batch_job")
                .name(job.processingJobName())
                .instances(
                        hasMachines
                                ? JobInstances.of(
                                        job.processingResources()
                                                .clusterConfig()
                                                .instanceTypeAsString(),
                                        job.processingResources()
                                                .clusterConfig()
                                                .instanceCount())
                                : JobInstances.UNKNOWN)
                .created(job.creationTime())
                .start(job.processingStartTime())
                .end(job.processingEndTime())
                .state(job.processingJobStatusAsString())
                .purchase("on_demand")
                .attributes(attributes)
                .build();
    }

    private static List<Job> transform(SageMakerClient sageMaker, Window window, Details details) {
        List<TransformJobSummary> listed = details.list(
                "transform jobs",
                job -> sageMaker
                        .listTransformJobsPaginator(
                                request -> request.maxResults(100).lastModifiedTimeAfter(window.start()))
                        .transformJobSummaries()
                        .forEach(job));
        List<Job> jobs = new ArrayList<>();
        for (TransformJobSummary job : listed) {
            jobs.add(details.call(
                            "instances of transform jobs",
                            job.transformJobName(),
                            () -> transform(sageMaker.describeTransformJob(
                                    request -> request.transformJobName(job.transformJobName()))))
                    .orElseGet(() -> transform(job)));
        }
        return jobs;
    }

    private static Job transform(TransformJobSummary job) {
        return Job.listed(
                job.transformJobArn(),
                "batch_job",
                job.transformJobName(),
                job.creationTime(),
                job.transformEndTime(),
                job.transformJobStatusAsString());
    }

    private static Job transform(DescribeTransformJobResponse job) {
        Map<String, String> attributes = new HashMap<>();
        put(attributes, "model", job.modelName());
        put(attributes, "failure", job.failureReason());
        boolean hasMachines = job.transformResources() != null;
        return JobBuilder.builder()
                .arn(job.transformJobArn())
                .kind("batch_job")
                .name(job.transformJobName())
                .instances(
                        hasMachines
                                ? JobInstances.of(
                                        job.transformResources().instanceTypeAsString(),
                                        job.transformResources().instanceCount())
                                : JobInstances.UNKNOWN)
                .created(job.creationTime())
                .start(job.transformStartTime())
                .end(job.transformEndTime())
                .state(job.transformJobStatusAsString())
                .purchase("on_demand")
                .attributes(attributes)
                .build();
    }

    private static Resource resource(AwsSession session, MachineTypes types, Job job) {
        JobInstances.Chosen chosen = job.instances().chosen(types);
        put(job.attributes(), "submitted_at", job.created());
        put(job.attributes(), "other_machines", String.join(", ", chosen.others()));
        put(
                job.attributes(),
                HOSTS,
                chosen.others().isEmpty() ? null : job.instances().count());
        ResourceBuilder resource = session.resource(job.arn(), job.kind())
                .name(job.name())
                .machineType(chosen.type())
                .replicas(job.neverRan() ? Integer.valueOf(0) : chosen.count())
                .createdAt(job.start() == null ? job.created() : job.start())
                .endedAt(job.neverRan() ? job.created() : job.end())
                .state(job.state())
                .purchase(job.purchase())
                .workload(family(session, job))
                .attributes(job.attributes());
        types.describe(resource, chosen.type());
        return resource.build();
    }

    /** Jobs that run again and again are called alike but for a time or a number at the end. */
    private static String family(AwsSession session, Job job) {
        if (job.name() == null) {
            return null;
        }
        String family = job.name().replaceAll("([-_.]?[0-9T:Z]{2,})+$", "");
        return family.isEmpty() || family.equals(job.name())
                ? null
                : job.kind() + "/" + session.account() + "/" + session.region() + "/" + family;
    }

    private static void put(Map<String, String> attributes, String key, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            attributes.put(key, value.toString());
        }
    }
}
