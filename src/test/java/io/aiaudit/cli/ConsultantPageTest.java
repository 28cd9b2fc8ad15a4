package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/consultant.md, run as they stand there: the script that a client gets with the real command line
 * of AWS against a simulated cloud, and for Azure and Google Cloud against recorded answers and, where none is
 * recorded, answers in the documented shape; those of aiaudit on files made from real data.
 */
class ConsultantPageTest {
    private static final Path PAGE = Needs.projectFolder().resolve("docs/consultant.md");
    private static final Path SCRIPT = PAGE.resolveSibling("consultant/export.sh");
    private static final String LINE = "(?m)^(?:    )?(aiaudit .*)$";

    private static final String UNITS = "arn:aws:bedrock:eu-west-1:123456789012:provisioned-model/abc";
    private static final String SERVED =
            "//aiplatform.googleapis.com/projects/cloud-custodian/locations/us-central1/endpoints/"
                    + "c7n-endpoint-default-7509";
    private static final String AWS_SCOPE = "aws-123456789012-eu-west-1";

    @TempDir
    private Path folder;

    private static String step(String name) {
        Matcher step = Pattern.compile(
                        "<!-- step: " + name + " -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page());
        assertThat(step.find()).as("step " + name).isTrue();
        return step.group(1);
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path fixtures() {
        Path fixtures = Needs.projectFolder().resolveSibling("shared").resolve("fixtures");
        Assumptions.assumeTrue(Files.isDirectory(fixtures), "needs the recorded answers in ../shared/fixtures");
        return fixtures;
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/bash\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** Runs the line of the page that starts the script for a cloud, in a folder that gets the files. */
    private Ran export(String cloud, Map<String, String> variables) throws IOException {
        Needs.program("jq");
        Path work = Files.createDirectories(folder.resolve("from-client"));
        Files.copy(SCRIPT, work.resolve("export.sh"), StandardCopyOption.REPLACE_EXISTING);
        Matcher line =
                Pattern.compile("(?m)^    (bash export.sh " + cloud + " .*)$").matcher(page());
        assertThat(line.find()).as("the line of " + cloud).isTrue();
        return Ran.program(
                work, withPath(variables), List.of(Needs.program("bash").toString(), "-c", line.group(1)));
    }

    private Map<String, String> withPath(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(variables);
        all.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        return all;
    }

    /** The rows that a run wrote, without quotes. */
    private String rows(String file) throws IOException {
        try (Stream<String> lines = Files.lines(sent().resolve(file))) {
            return lines.skip(1).map(line -> line.replace("\"", "")).collect(Collectors.joining("\n"));
        }
    }

    private Path sent() {
        return folder.resolve("from-client/aiaudit-files");
    }

    /** Whether aiaudit takes what was sent for what it is, whole. */
    private Run assertRecognised(String scope) throws IOException {
        Path files = Files.createDirectories(folder.resolve("sent"));
        for (String name : List.of("inventory", "usage")) {
            Files.copy(
                    sent().resolve(name).resolve(scope + ".csv"),
                    Files.createDirectories(files.resolve(name)).resolve(scope + ".csv"));
        }
        Run run =
                Run.of("sources", "check", "files", files.toString(), "--details", "--window", "2026-06-01/2026-07-01");
        assertThat(run.out())
                .contains(
                        "ready      " + files.resolve("inventory").resolve(scope + ".csv"),
                        "ready      " + files.resolve("usage").resolve(scope + ".csv"))
                .doesNotContain("could not be read");
        assertThat(run.exitCode()).as(run.toString()).isZero();
        return run;
    }

    @Outside
    @Test
    void the_commands_for_aws_make_an_inventory_and_a_usage_file() throws IOException, InterruptedException {
        Path aws = Needs.program("aws");
        Path python = Needs.program("python3");
        // What the simulation does not know. Parts of an endpoint are requested by their own name. Calls are counted.
        program("aws", """
                echo "$1 $2" >> "%s"
                case "$2" in
                  list-inference-components) echo '{"InferenceComponents": [{"InferenceComponentName": "part", \
                "VariantName": "main"}]}' ;;
                  describe-capacity-reservations) echo '{"CapacityReservations": [{"CapacityReservationId": "cr-1", \
                "CapacityReservationArn": "arn:aws:ec2:eu-west-1:123456789012:capacity-reservation/cr-1", "OwnerId": \
                "123456789012", "InstanceType": "p4d.24xlarge", "AvailabilityZone": "eu-west-1a", \
                "TotalInstanceCount": 4, "AvailableInstanceCount": 3, "State": "active", "CreateDate": \
                "2026-01-10T00:00:00+00:00", "ReservationType": "default"}]}' ;;
                  list-provisioned-model-throughputs) echo '{"provisionedModelSummaries": [{"provisionedModelName": \
                "units", "provisionedModelArn": "%s", "foundationModelArn": \
                "arn:aws:bedrock:eu-west-1::foundation-model/some.model-v1:0", "modelUnits": 2, "status": "InService", \
                "creationTime": "2026-01-10T00:00:00+00:00"}]}' ;;
                  list-tags-for-resource) [ -z "${DENIED:-}" ] || { echo AccessDenied >&2; exit 254; }
                    echo '{"tags": [{"key": "team", "value": "search"}]}' ;;
                  list-endpoints | list-notebook-instances) [ -z "${DENIED:-}" ] || { echo AccessDenied >&2; exit 254; \
                }; exec %s "$@" ;;
                  *) exec %s "$@" ;;
                esac
                """.formatted(folder.resolve("calls"), UNITS, aws, aws));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process server = Ran.builder(
                        folder, Map.of(), List.of(python.toString(), "-m", "moto.server", "-p", Integer.toString(port)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("moto.log").toFile())
                .start();
        try {
            waitFor(port);
            Map<String, String> cloud = Map.of(
                    "AWS_ENDPOINT_URL", "http://127.0.0.1:" + port,
                    "AWS_ACCESS_KEY_ID", "test",
                    "AWS_SECRET_ACCESS_KEY", "test",
                    "AWS_DEFAULT_REGION", "eu-west-1",
                    "AWS_PAGER", "");
            String id = cloudWithAnEndpointAndAMachine(cloud);
            Ran ran = export("aws", cloud);
            assertThat(ran.exitCode()).as(ran.toString()).isZero();
            String endpoint = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/chat";
            assertThat(rows("usage/" + AWS_SCOPE + ".csv").lines())
                    .containsExactlyInAnyOrder(
                            // Percent times four GPUs; two counts of one hour; of two GPUs the mean and the busiest.
                            endpoint + "/variant/main,gpu_utilization,2026-06-03T04:00:00Z,0.5,0.5,",
                            endpoint + "/variant/main,requests,2026-06-03T04:00:00Z,,,11",
                            id + ",gpu_utilization,2026-06-03T04:00:00Z,0.4,0.6,",
                            UNITS + ",requests,2026-06-03T04:00:00Z,,,7");
            assertThat(rows("inventory/" + AWS_SCOPE + ".csv"))
                    .contains(endpoint + ",inference_endpoint,chat,aws,123456789012,eu-west-1,")
                    .contains(endpoint
                            + "/variant/main,inference_endpoint,chat/main,aws,123456789012,eu-west-1,"
                            + "ml.g4dn.12xlarge,,,2,"
                            + endpoint)
                    .contains("Service,,{env:dev,name:a; b},{endpoint_type:realtime}")
                    .contains("Service,on_demand,{env:dev,name:a; b},{endpoint_type:realtime,"
                            + "inference_components:false,autoscaling:enabled,autoscaling_min:1,autoscaling_max:4,"
                            + "autoscaling_policies:TargetTrackingScaling follow,"
                            + "autoscaling_metric:SageMakerVariantInvocationsPerInstance,"
                            + "component_autoscaling:part: none}")
                    .contains(",InService,on_demand,{team:search},{}", ",InService,on_demand,{},{}")
                    .contains(id + ",instance,lab,aws,123456789012,eu-west-1,g5.xlarge,")
                    .contains("notebook-instance/pad,notebook,pad,aws,123456789012,eu-west-1,ml.t3.medium,,,1,,")
                    .contains(UNITS + ",provisioned_throughput,units,aws,123456789012,eu-west-1,some.model-v1:0,,,2,,")
                    .containsPattern(",volume,vol-[0-9a-f]+,aws,123456789012,eu-west-1,,,,1,,[^,]+,available,")
                    .contains("capacity-reservation/cr-1,capacity_reservation,cr-1,aws,123456789012,eu-west-1,"
                            + "p4d.24xlarge,,,4,,");
            // 24 machines without an accelerator are on the list, and nothing is requested about them.
            assertThat(rows("inventory/" + AWS_SCOPE + ".csv").lines().filter(row -> row.contains(",m5.large,")))
                    .hasSize(24);
            assertThat(Files.readAllLines(folder.resolve("calls")).stream()
                            .filter(call -> call.startsWith("cloudwatch ")))
                    .as("one batch for endpoints, for machines and for units, and two lists of series")
                    .hasSize(5);
            assertThat(assertRecognised(AWS_SCOPE).out())
                    // The disks of the simulation are of today, which is after the window.
                    .containsPattern("aws volume +26 ")
                    .containsPattern("capacity-reservation-unused +1 examined");
            anotherRegionAndAFailure(cloud);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    /** A second region has files of its own; what is denied there is reported, and the rest is written. */
    private void anotherRegionAndAFailure(Map<String, String> cloud) throws IOException {
        String before = Files.readString(sent().resolve("usage/" + AWS_SCOPE + ".csv"));
        Map<String, String> denied = new TreeMap<>(cloud);
        denied.put("DENIED", "yes");
        Ran ran = Ran.program(
                folder.resolve("from-client"),
                withPath(denied),
                List.of(
                        Needs.program("bash").toString(),
                        "export.sh",
                        "aws",
                        "2026-06-01",
                        "2026-07-01",
                        "eu-central-1"));
        assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(1);
        assertThat(ran.err())
                .contains("aws-123456789012-eu-central-1: NOT READ: SageMaker endpoints")
                .contains("aws-123456789012-eu-central-1: NOT READ: notebooks")
                .contains("aws-123456789012-eu-central-1: NOT READ: tags of " + UNITS)
                .doesNotContain("NOT READ: machines");
        assertThat(rows("inventory/aws-123456789012-eu-central-1.csv"))
                .contains("cr-1")
                .contains("some.model-v1:0,,,2,,2026-01-10T00:00:00+00:00,InService,on_demand,,{unread_tags:true}")
                .doesNotContain("notebook");
        assertThat(sent().resolve("usage/" + AWS_SCOPE + ".csv")).hasContent(before);
        try (Stream<Path> files = Files.list(folder.resolve("from-client"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("aiaudit-files", "export.sh");
        }
    }

    private static void waitFor(int port) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 300; attempt++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                Thread.sleep(200);
            }
        }
        throw new IOException("the simulated cloud does not answer");
    }

    private String cloudWithAnEndpointAndAMachine(Map<String, String> cloud) {
        String script = """
                import boto3
                from datetime import datetime, timezone
                sagemaker = boto3.client("sagemaker")
                role = "arn:aws:iam::123456789012:role/x"
                sagemaker.create_model(ModelName="m", ExecutionRoleArn=role, PrimaryContainer={"Image": "x"})
                sagemaker.create_endpoint_config(EndpointConfigName="c", ProductionVariants=[{"VariantName": "main", \
                "ModelName": "m", "InitialInstanceCount": 2, "InstanceType": "ml.g4dn.12xlarge", \
                "InitialVariantWeight": 1}])
                sagemaker.create_endpoint(EndpointName="chat", EndpointConfigName="c", Tags=[{"Key": "env", "Value": \
                "dev"}, {"Key": "name", "Value": "a; b"}])
                sagemaker.create_notebook_instance(NotebookInstanceName="pad", InstanceType="ml.t3.medium", \
                RoleArn=role)
                scaling = boto3.client("application-autoscaling")
                of = {"ServiceNamespace": "sagemaker", "ScalableDimension": \
                "sagemaker:variant:DesiredInstanceCount", "ResourceId": "endpoint/chat/variant/main"}
                scaling.register_scalable_target(MinCapacity=1, MaxCapacity=4, **of)
                scaling.put_scaling_policy(PolicyName="follow", PolicyType="TargetTrackingScaling", \
                TargetTrackingScalingPolicyConfiguration={"TargetValue": 70, "PredefinedMetricSpecification": \
                {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}}, **of)
                ec2 = boto3.client("ec2")
                machine = ec2.run_instances(ImageId="ami-12c6146b", InstanceType="g5.xlarge", MinCount=1, MaxCount=1, \
                TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "lab"}]}]) \
                ["Instances"][0]["InstanceId"]
                ec2.run_instances(ImageId="ami-12c6146b", InstanceType="m5.large", MinCount=24, MaxCount=24)
                ec2.create_volume(AvailabilityZone="eu-west-1a", Size=100)
                cloudwatch = boto3.client("cloudwatch")
                def put(namespace, name, minute, value, **dimensions):
                    cloudwatch.put_metric_data(Namespace=namespace, MetricData=[{"MetricName": name, "Value": value, \
                "Timestamp": datetime(2026, 6, 3, 4, minute, tzinfo=timezone.utc), "Dimensions": [{"Name": name, \
                "Value": value} for name, value in dimensions.items()]}])
                variant = {"EndpointName": "chat", "VariantName": "main"}
                put("AWS/Bedrock", "Invocations", 10, 7, ModelId="UNITS")
                put("AWS/SageMaker", "Invocations", 10, 5, **variant)
                put("AWS/SageMaker", "Invocations", 20, 6, **variant)
                put("/aws/sagemaker/Endpoints", "GPUUtilization", 10, 200, **variant)
                for gpu in 0, 1:
                    put("CWAgent", "nvidia_smi_utilization_gpu", 10, 20 + 40 * gpu, InstanceId=machine, index=str(gpu))
                print(machine)
                """.replace("UNITS", UNITS);
        Ran ran = Ran.program(folder, cloud, List.of(Needs.program("python3").toString(), "-c", script));
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        return ran.out().strip();
    }

    @Outside
    @Test
    void the_commands_for_azure_make_an_inventory_and_a_usage_file() throws IOException {
        program("az", """
                recorded() { jq --argjson at "$2" '.interactions[$at].response.body.data' "%s/$1.json"; }
                workspace=/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w
                point='"timeStamp": "2026-06-03T04:00:00Z", "average": 40, "maximum": 90, "total": 2400'
                metric() { echo '{"name": {"value": "'"$1"'"}, "timeseries": [{"metadatavalues": ['"${2:-}"'], "data": \
                [{'"$point"'}, {"timeStamp": "2026-06-03T05:00:00Z"}]}]}'; }
                case "$*" in
                  "resource list "*) echo $workspace ;;
                  *computes?api-version*) recorded MachineLearningWorkspaceComputeInstancesFilterTest.test_additional_a\
                ttributes 1 ;;
                  "account show "*) echo s ;;
                  *autoscalesettings?api-version*) echo '{"value": []}' ;;
                  *onlineEndpoints?api-version*) echo '{"value": [], "nextLink": \
                "https://management.azure.com/second"}' ;;
                  *https://management.azure.com/second*) echo '{"value": [{"id": "'$workspace'/onlineEndpoints/e", \
                "name": "e", "location": "eastus", "properties": {"provisioningState": "Succeeded"}, "systemData": \
                {"createdAt": "2026-01-10T00:00:00Z"}}]}' ;;
                  *deployments?api-version*) echo '{"value": [{"id": \
                "'$workspace'/onlineEndpoints/e/deployments/blue", "name": "blue", "location": "eastus", "sku": \
                {"capacity": 2}, "properties": {"instanceType": "Standard_NC24ads_A100_v4", "provisioningState": \
                "Succeeded"}, "systemData": {"createdAt": "2026-01-10T00:00:00Z"}}]}' ;;
                  "vm list "*) echo '[{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/\
                virtualMachines/vm1", "name": "vm1", "location": "eastus", "hardwareProfile": {"vmSize": \
                "Standard_NC6s_v3"}, "timeCreated": "2026-01-10T00:00:00.123456+00:00", "powerState": "VM running", \
                "priority": null, "tags": {"env": "dev"}}]' ;;
                  "cognitiveservices account list "*) recorded \
                AiFoundryCognitiveServiceDeploymentTest.ai-foundry-cognitiveservice-deployment-get 0 | jq '[.value[] | \
                . + {resourceGroup: (.id | split("/")[4])}] | .[:1]' ;;
                  "cognitiveservices account deployment list "*) recorded \
                AiFoundryCognitiveServiceDeploymentTest.ai-foundry-cognitiveservice-deployment-get 2 | jq .value ;;
                  *--metrics\\ GpuUtilizationPercentage\\ CpuUtilizationPercentage\\ --interval*) echo "{\\"value\\": \
                [$(metric GpuUtilizationPercentage), $(metric CpuUtilizationPercentage)]}" ;;
                  *RequestsPerMinute*) echo "{\\"value\\": [$(metric RequestsPerMinute)]}" ;;
                  *Percentage\\ CPU*) echo "{\\"value\\": [$(metric 'Percentage CPU')]}" ;;
                  "disk list "*) echo '[{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/\
                old", "name": "old", "location": "eastus", "diskState": "Unattached", "diskSizeGB": 512, "managedBy": \
                null, "sku": {"name": "Premium_LRS"}, "timeCreated": "2026-01-10T00:00:00.123456+00:00", \
                "LastOwnershipUpdateTime": "2026-02-10T00:00:00.123456+00:00"}]' ;;
                  *capacityReservationGroups?api-version*) echo '{"value": [{"id": \
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/capacityReservationGroups/held"}]}' ;;
                  *held/capacityReservations?api-version*) echo '{"value": [{"id": \
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/capacityReservationGroups/held/\
                capacityReservations/four", "name": "four", "location": "eastus", "sku": {"name": \
                "Standard_NC24ads_A100_v4", "capacity": 4}, "properties": {"provisioningState": "Succeeded", \
                "timeCreated": "2026-01-10T00:00:00.1+00:00"}}]}' ;;
                  *held?api-version*instanceView*) echo '{"properties": {"instanceView": {"capacityReservations": \
                [{"name": "four", "utilizationInfo": {"virtualMachinesAllocated": [{"id": "x"}]}}]}}}' ;;
                  *ProcessedPromptTokens*--filter*--top\\ 1000*) echo "{\\"value\\": [$(metric ProcessedPromptTokens \
                '{"name": {"value": "modeldeploymentname"}, "value": "gpt"}')]}" ;;
                  *) echo "no such command: $*" >&2; exit 1 ;;
                esac
                """.formatted(fixtures().resolve("azure")));
        Ran ran = export("azure", Map.of());
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        String blue = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/"
                + "onlineEndpoints/e/deployments/blue";
        assertThat(rows("usage/azure-s.csv").lines())
                .contains(
                        blue + ",gpu_utilization,2026-06-03T04:00:00Z,0.4,0.9,",
                        blue + ",requests,2026-06-03T04:00:00Z,,,2400", // 40 a minute
                        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1,"
                                + "cpu_utilization,2026-06-03T04:00:00Z,0.4,0.9,")
                .anyMatch(row -> row.endsWith("/deployments/gpt,tokens_input,2026-06-03T04:00:00Z,,,2400"))
                .noneMatch(row -> row.contains("T05:00:00Z"));
        assertThat(rows("inventory/azure-s.csv"))
                .contains(blue + ",inference_endpoint,blue,azure,s,eastus,Standard_NC24ads_A100_v4,,,2,")
                .contains("{endpoint_type:realtime,autoscaling:none}")
                .contains("vm1,instance,vm1,azure,s,eastus,Standard_NC6s_v3,,,1,,2026-01-10")
                .contains("cctest-gpt4o-mini,model_usage,cctest-gpt4o-mini,azure,")
                .contains("/disks/old,volume,old,azure,s,eastus,,,,1,,2026-01-10")
                .contains("/four,capacity_reservation,four,azure,s,eastus,Standard_NC24ads_A100_v4,,,4,,2026-01-10");
        assertThat(assertRecognised("azure-s").out())
                .containsPattern("storage-orphaned +1 examined")
                .containsPattern("capacity-reservation-unused +1 examined");
    }

    /** A policy that could not be read may exist, and so may anything that scales: none of it is "none". */
    @Outside
    @Test
    void what_scales_on_aws_is_unknown_where_its_call_fails() throws IOException {
        program("aws", """
                [ "$2" != "${UNREAD:-}" ] || { echo AccessDenied >&2; exit 254; }
                id=endpoint/e/variant
                case "$2" in
                  get-caller-identity) echo 123456789012 ;;
                  list-endpoints) echo e ;;
                  describe-endpoint) echo '{"EndpointName": "e", "EndpointArn": \
                "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/e", "EndpointConfigName": "c", "CreationTime": \
                "2026-01-10T00:00:00Z", "EndpointStatus": "InService"}' ;;
                  describe-endpoint-config) jq -n '{ProductionVariants: (("load plan both fixed off still" | split(" \
                ") | map({VariantName: ., ModelName: "m", InstanceType: "ml.g5.xlarge", InitialInstanceCount: 2})) + \
                ("copies shared" | split(" ") | map({VariantName: ., InstanceType: "ml.g5.xlarge", \
                InitialInstanceCount: 2, ManagedInstanceScaling: {Status: "ENABLED", MinInstanceCount: 1, \
                MaxInstanceCount: 3}})))}' ;;
                  list-inference-components) echo '{"InferenceComponents": [{"InferenceComponentName": "a", \
                "VariantName": "copies"}, {"InferenceComponentName": "b", "VariantName": "shared"}]}' ;;
                  describe-scalable-targets) jq -n --arg id $id '{ScalableTargets: [{ResourceId: ($id + ("/load", \
                "/plan", "/both", "/off")), MinCapacity: 1, MaxCapacity: 4}, {ResourceId: ($id + "/still"), \
                MinCapacity: 2, MaxCapacity: 2}, {ResourceId: "inference-component/a", MinCapacity: 0, MaxCapacity: \
                4}] | map(if .ResourceId == $id + "/off" then .SuspendedState.DynamicScalingInSuspended = true else . \
                end)}' ;;
                  describe-scaling-policies) jq -n --arg id $id '{ScalingPolicies: [{ResourceId: ($id + ("/load", \
                "/both", "/off", "/still"), "inference-component/a"), PolicyName: "p", PolicyType: "StepScaling"}]}' ;;
                  describe-scheduled-actions) jq -n --arg id $id '{ScheduledActions: [{ResourceId: ($id + ("/plan", \
                "/both")), Schedule: "cron(0 18 * * ? *)", ScheduledActionName: "night"}]}' ;;
                  describe-instance-types) echo '{"InstanceTypes": []}' ;;
                  get-metric-data) echo '{"MetricDataResults": []}' ;;
                  list-tags) echo '{"Tags": []}' ;;
                  describe-instances) echo '{"Reservations": []}' ;;
                  list-notebook-instances) echo '{"NotebookInstances": []}' ;;
                  list-provisioned-model-throughputs) echo '{"provisionedModelSummaries": []}' ;;
                  describe-volumes) echo '{"Volumes": []}' ;;
                  describe-capacity-reservations) echo '{"CapacityReservations": []}' ;;
                  *) echo "no such command: $*" >&2; exit 1 ;;
                esac
                """);
        assertThat(states("", 0))
                .isEqualTo("load enabled, plan scheduled, both enabled, fixed none, off suspended, still none, "
                        + "copies enabled, shared none");
        assertThat(rows("inventory/" + AWS_SCOPE + ".csv"))
                .contains("{endpoint_type:realtime,inference_components:false,autoscaling:enabled,autoscaling_min:1,"
                        + "autoscaling_max:4,autoscaling_policies:StepScaling p,"
                        + "autoscaling_schedules:cron(0 18 * * ? *) night}")
                .contains("{endpoint_type:realtime,inference_components:true,autoscaling:enabled,autoscaling_min:1,"
                        + "autoscaling_max:3,component_autoscaling:a: enabled}");
        assertThat(states("describe-scalable-targets", 1))
                .isEqualTo("load unknown, plan unknown, both unknown, fixed unknown, off unknown, still unknown, "
                        + "copies unknown, shared unknown");
        assertThat(states("describe-scaling-policies", 1))
                .isEqualTo("load unknown, plan scheduled, both scheduled, fixed none, off unknown, still none, "
                        + "copies unknown, shared none");
        assertThat(states("describe-scheduled-actions", 1))
                .isEqualTo("load enabled, plan unknown, both enabled, fixed none, off unknown, still unknown, "
                        + "copies enabled, shared none");
    }

    /** What the inventory says of each variant while a call is denied, which the script names and outlives. */
    private String states(String denied, int exitCode) throws IOException {
        Ran ran = export("aws", Map.of("UNREAD", denied));
        assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(exitCode);
        assertThat(ran.err().lines().filter(line -> line.contains("NOT READ: ")).toList())
                .hasSize(exitCode)
                .allMatch(line -> line.matches(".*NOT READ: scaling( policies| schedules)? of endpoints"));
        return rows("inventory/" + AWS_SCOPE + ".csv")
                .lines()
                .filter(row -> row.contains("/variant/"))
                .map(row -> row.replaceAll(".*/variant/(\\w+),.*,autoscaling:(\\w+).*", "$1 $2"))
                .collect(Collectors.joining(", "));
    }

    /** From the script to the finding: what scales is known, and where its call fails nothing is claimed. */
    @Outside
    @Test
    void what_scales_arrives_and_an_unread_setting_claims_nothing() throws IOException {
        program("az", """
                workspace=/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w
                case "$*" in
                  "account show "*) echo s ;;
                  "resource list "*) echo $workspace ;;
                  *autoscalesettings?api-version=2022-10-01*) [ "$SCALED" != denied ] || { echo Forbidden >&2; exit 1; }
                    echo '{"value": ['"$SCALED"']}' ;;
                  *onlineEndpoints?api-version*) echo '{"value": [{"id": "'$workspace'/onlineEndpoints/e", "name": \
                "e", "location": "eastus", "properties": {"provisioningState": "Succeeded"}}]}' ;;
                  *deployments?api-version*) echo '{"value": [{"id": \
                "'$workspace'/onlineEndpoints/e/deployments/blue", "name": "blue", "location": "eastus", "sku": \
                {"capacity": 4}, "properties": {"instanceType": "Standard_NC24ads_A100_v4", "provisioningState": \
                "Succeeded", "scaleSettings": {"scaleType": "'"${SCALE_TYPE:-Default}"'", "minInstances": 2, \
                "maxInstances": 5}}, "systemData": {"createdAt": "2026-01-10T00:00:00Z"}}]}' ;;
                  *RequestsPerMinute*) jq -n '{value: [{name: {value: "RequestsPerMinute"}, timeseries: [{data: \
                [range(720) | {timeStamp: (1780272000 + . * 3600 | todate), average: (if . % 24 < 12 then 40 else 2 \
                end)}]}]}]}' ;;
                  *) echo '{"value": []}' | if [ "$1" = rest ] || [ "$1 $2" = "monitor metrics" ]; then cat; else \
                jq .value; fi ;;
                esac
                """);
        String setting = """
                {"properties": {"enabled": true, "targetResourceUri": "/subscriptions/S/resourceGroups/g/providers/\
                Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/e/deployments/Blue", "profiles": \
                [{"capacity": {"minimum": "4", "maximum": "6"}, "rules": [{"metricTrigger": {"metricName": \
                "CpuUtilizationPercentage"}}]}]}}""";
        assertThat(scaling(Map.of("SCALED", ""), 0)).isEqualTo("autoscaling:none");
        assertThat(claims()).contains("\"status\":\"unconfirmed\"", "ran on up to 4 instances");
        assertThat(scaling(Map.of("SCALED", setting), 0))
                .isEqualTo("autoscaling:enabled,autoscaling_min:4,autoscaling_max:6,"
                        + "autoscaling_metric:CpuUtilizationPercentage");
        assertThat(scaling(Map.of("SCALED", setting.replace("true", "false")), 0))
                .isEqualTo("autoscaling:none");
        assertThat(scaling(Map.of("SCALED", setting.replace("Blue", "green")), 0))
                .isEqualTo("autoscaling:none");
        assertThat(scaling(Map.of("SCALED", "", "SCALE_TYPE", "TargetUtilization"), 0))
                .isEqualTo("autoscaling:enabled,autoscaling_min:2,autoscaling_max:5");
        assertThat(scaling(Map.of("SCALED", "denied"), 1)).isEqualTo("autoscaling:unknown");
        assertThat(claims()).contains("\"findings\":[ ],\"rules\"", "whether it scales is unknown");
    }

    /** What the inventory of the deployment says of scaling; a call that failed is named. */
    private String scaling(Map<String, String> answers, int exitCode) throws IOException {
        Ran ran = export("azure", answers);
        assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(exitCode);
        assertThat(ran.err().contains("azure-s: NOT READ: autoscale settings")).isEqualTo(exitCode == 1);
        return rows("inventory/azure-s.csv")
                .lines()
                .filter(row -> row.contains("/deployments/blue,"))
                .map(row -> row.replaceAll(".*\\{endpoint_type:realtime,(.*)}", "$1"))
                .findFirst()
                .orElseThrow();
    }

    /** What a scan of the files says of instances that are more than the traffic needs, without blanks. */
    private String claims() throws IOException {
        Run run = Run.of(
                "scan",
                "--inventory",
                sent().resolve("inventory").toString(),
                "--usage",
                sent().resolve("usage").toString(),
                "--window",
                "2026-06-01/2026-07-01",
                "--rule",
                "inference-endpoint-no-autoscaling",
                "-f",
                "json");
        assertThat(run.exitCode()).as(run.toString()).isIn(0, 4);
        return run.out().replaceAll("\\R *", "").replace("\": ", "\":").replace("\" : ", "\":");
    }

    @Outside
    @Test
    void the_commands_for_google_cloud_make_an_inventory_and_a_usage_file() throws IOException {
        Path recorded = fixtures().resolve("gcp");
        program("gcloud", """
                case "$*" in
                  "auth print-access-token") echo token ;;
                  "compute instances list "*) jq '[.body.items[] | .instances // [] | .[]]' %1$s/instance-query/*.json \
                ;;
                  "compute disks list "*) jq '[.body.items[] | .disks // [] | .[]]' %1$s/disk-recommend/*disks_1.json ;;
                  "compute reservations list "*) echo '[{"name": "held", "selfLink": \
                "https://www.googleapis.com/compute/v1/projects/my-project/zones/us-central1-a/reservations/held", \
                "zone": "https://www.googleapis.com/compute/v1/projects/my-project/zones/us-central1-a", \
                "creationTimestamp": "2026-01-10T00:00:00.000-07:00", "status": "READY", "specificReservation": \
                {"count": "4", "inUseCount": "1", "instanceProperties": {"machineType": "a2-highgpu-1g"}}}]' ;;
                  *"--region us-central1 "*) jq '.body.endpoints | \
                .[0].deployedModels[0].dedicatedResources.machineSpec.acceleratorCount = 2 | .[0].deployedModels += \
                [.[0].deployedModels[0] | .id = "7" | .displayName = "second" | .dedicatedResources.maxReplicaCount \
                = 4 | .dedicatedResources.machineSpec.machineType = "g2-standard-12" | \
                del(.status.availableReplicaCount), \
                {id: "8", displayName: "shared", sharedResources: "projects/p/pools/one"}] | . + [.[0] | .name |= \
                sub("default-7509"; "empty") | .deployedModels = []]' \
                %1$s/vertexai_endpoint_metrics/*endpoints_1.json ;;
                  *) echo '[]' ;;
                esac
                """.formatted(recorded));
        program("curl", """
                answer() { case "$*" in
                  *pageToken=next*) echo '{}' ;;
                  *notebooks.googleapis.com*) jq .body %1$s/notebook_v2/*.json ;;
                  *run.googleapis.com/v1/*continue=second*) jq '.body | .items[0].metadata.name = "cards" | \
                .items[0].spec.template.spec.nodeSelector = {"run.googleapis.com/accelerator": "nvidia-l4"} | \
                .items[0].spec.template.spec.containers[0].resources.limits["nvidia.com/gpu"] = "1" | \
                .items[0].spec.template.metadata.annotations["autoscaling.knative.dev/minScale"] = "2" | \
                .items[0].metadata.annotations["run.googleapis.com/minScale"] = "10" | .unreachable = \
                ((env.UNREACHABLE // "") / " ")' %1$s/gcp-cloud-run-service/*.json ;;
                  *run.googleapis.com/v1/*) jq '.body | .metadata = {continue: "second"}' \
                %1$s/gcp-cloud-run-service/*.json ;;
                  *run.googleapis.com/request_count*) echo '{"timeSeries": [{"resource": {"type": \
                "cloud_run_revision", "labels": {"project_id": "my-project", "location": "us-central1", \
                "service_name": "cards"}}, "metric": {"labels": {}}, "points": [{"interval": {"endTime": \
                "2026-06-03T05:00:00Z"}, "value": {"int64Value": "9"}}]}]}' ;;
                  *prediction_count*) jq '.body + {nextPageToken: "next"}' \
                %1$s/vertexai_endpoint_metrics/*timeSeries_1.json ;;
                  *memory/bytes_used*) jq '.body | .timeSeries[0].points[0].value = {int64Value: "21474836480"}' \
                %1$s/vertexai_endpoint_metrics/*timeSeries_1.json ;;
                  *instance/cpu/utilization*) jq .body %1$s/filter-metrics/*timeSeries_1.json ;;
                  *gpu/utilization*) jq '.body | .timeSeries[0].resource.labels.instance_id = "4158127351007949610" | \
                .timeSeries[0].metric.labels = {gpu_number: "0"} | .timeSeries[0].points[0].value.doubleValue = 50' \
                %1$s/filter-metrics/*timeSeries_1.json ;;
                  *) echo '{}' ;;
                esac; }
                case "$*" in *run.googleapis.com/v1/*)      # the interface refuses parameters that it does not know
                  if [[ -n ${DENIED:-} || $* == *pageToken* ]]; then
                    echo '{"error": {"message": "denied"}}' > answer.json
                    printf 403
                    exit
                  fi
                esac
                answer "$*" > answer.json
                printf 200
                """.formatted(recorded));
        Ran ran = export("gcp", Map.of());
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(rows("usage/gcp-my-project.csv").lines())
                .containsExactlyInAnyOrder(
                        SERVED + "/deployedModels/5509121152913506304,requests,2026-07-08T21:00:25Z,,,2",
                        SERVED + "/deployedModels/5509121152913506304,gpu_memory_used_gib,2026-07-08T21:00:25Z,,10,",
                        "//compute.googleapis.com/projects/cloud-custodian/zones/us-east4-c/instances/"
                                + "iap-test-webapp,cpu_utilization,2021-04-01T17:36:07Z,0.0034935695658400334,,",
                        "//compute.googleapis.com/projects/cloud-custodian/zones/us-east4-c/instances/custodian-dev,"
                                + "gpu_utilization,2021-04-01T17:36:07Z,0.5,0.5,",
                        "//run.googleapis.com/projects/my-project/locations/us-central1/services/cards,requests,"
                                + "2026-06-03T04:00:00Z,,,9");
        assertThat(rows("inventory/gcp-my-project.csv"))
                .contains(
                        SERVED + ",inference_endpoint,c7n-endpoint-default-7509,gcp,cloud-custodian,us-central1,,,,,,")
                .contains(SERVED + "/deployedModels/5509121152913506304,inference_endpoint,c7n-endpoint-default-7509/"
                        + "c7n-metrics-deploy-0632360e,gcp,cloud-custodian,us-central1,n1-standard-2,,2,1," + SERVED
                        + ",")
                .contains(",on_demand,{goog-terraform-provisioned:true},{endpoint_id:c7n-endpoint-default-7509,"
                        + "deployed_model_id:5509121152913506304,")
                .contains("traffic_percent:100,min_replicas:1,max_replicas:1}")
                // A status without its number of replicas has none of them.
                .contains("/deployedModels/7,inference_endpoint,c7n-endpoint-default-7509/second,gcp,cloud-custodian,"
                        + "us-central1,g2-standard-12,,2,0," + SERVED + ",")
                .contains("min_replicas:1,max_replicas:4}")
                .contains("/deployedModels/8,inference_endpoint,c7n-endpoint-default-7509/shared,gcp,cloud-custodian,"
                        + "us-central1,,,,," + SERVED + ",")
                .contains("shared_pool:projects/p/pools/one")
                .doesNotContain("c7n-endpoint-empty")
                // The minimum of the service is the higher one; without cards Cloud Run is no concern.
                .contains("services/cards,service,cards,gcp,my-project,us-central1,,nvidia-l4,1,10,,2023-03-31")
                .contains("{min_instances:10,max_instances:5}")
                .doesNotContain("services/hello")
                .contains("//compute.googleapis.com/projects/cloud-custodian/zones/us-east1-b/instances/custodian-dev,"
                        + "instance,custodian-dev,gcp,cloud-custodian,us-east1,n1-standard-1,");
        assertThat(assertRecognised("gcp-my-project").out())
                .containsPattern("storage-orphaned +2 examined")
                .containsPattern("capacity-reservation-unused +1 examined")
                .containsPattern("gcp notebook +[1-9]");
        Ran denied = export("gcp", Map.of("DENIED", "yes"));
        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.err()).contains("denied", "NOT READ: Cloud Run services with GPUs");
        assertThat(rows("inventory/gcp-my-project.csv"))
                .contains("min_replicas:1")
                .doesNotContain("service,");
        Ran away = export("gcp", Map.of("UNREACHABLE", "locations/asia-east1 locations/europe-west9"));
        assertThat(away.exitCode()).isEqualTo(1);
        assertThat(away.err())
                .contains("NOT READ: Cloud Run services in asia-east1", "Cloud Run services in europe-west9");
        assertThat(rows("inventory/gcp-my-project.csv")).contains("min_instances:10");
    }

    @Outside
    @Test
    void the_commands_for_prometheus_make_a_usage_file() throws IOException {
        program("curl", """
                [[ "$*" == *"-d start=2026-06-01T01:00:00Z -d end=2026-07-01T00:00:00Z"* ]] || exit 22
                echo '{"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {"Hostname": \
                "node-1"}, "values": [[1780275600, "31.5"]]}]}}'
                """);
        Path work = Files.createDirectories(folder.resolve("from-client"));
        Ran ran = Ran.program(
                work,
                withPath(Map.of("PROMETHEUS", "http://prometheus:9090")),
                List.of(Needs.program("bash").toString(), "-c", step("prometheus")));
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(rows("usage/prometheus.csv")).isEqualTo("node-1,gpu_utilization,2026-06-01T00:00:00Z,0.315");
    }

    @Outside
    @Test
    void the_commands_of_aiaudit_take_files_of_a_client_to_a_report() throws IOException {
        Path bill = Files.createDirectories(folder.resolve("from-client/bill"));
        Files.copy(Needs.data("focus/focus_sample_1000.csv.gz"), bill.resolve("focus.csv.gz"));
        servedEndpoints(sent());
        // One endpoint is left for the client to decide about.
        Files.writeString(
                folder.resolve("aiaudit.yaml"),
                step("config") + "  - {match: {resource: quiet}, interruption: unspecified}\n");
        List<String> commands = Pattern.compile(LINE)
                .matcher(page())
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(commands).hasSize(13);
        try (ServedCommand aiaudit =
                ServedCommand.in(folder.resolve("served"), folder, CommandProcess.withoutOurVariables())) {
            aiauditOnThePath();
            Map<String, String> served = Map.of("PATH", aiaudit.bin() + ":" + System.getenv("PATH"));
            for (String command : commands) {
                // A workbook is no text, which is all that the one Java hands on.
                Map<String, String> path = command.endsWith("> questions.xlsx") ? withPath(Map.of()) : served;
                Ran ran =
                        Ran.program(folder, path, List.of(Needs.program("bash").toString(), "-c", command));
                // The sample bill has rows that say nothing, and says so.
                assertThat(ran.exitCode()).as(ran.toString()).isIn(0, 4);
                assertThat(ran.err()).doesNotContain("error:");
                answerAsTheClientDoes(command, ran.out());
            }
        }
        assertThat(folder.resolve("june.aiaudit")).exists();
        for (String report : List.of("report", "report-2")) {
            assertThat(folder.resolve(report)).isDirectoryContaining("glob:**/aiaudit.{html,csv,json}");
            assertThat(Files.readString(folder.resolve(report).resolve("aiaudit.json")))
                    .containsPattern("\"id\" ?: ?\"inference-endpoint-idle\"")
                    .contains("list prices of aws are taken 12 % lower");
        }
        // Answered on paper and in a workbook: the last one wrote the folder.
        assertThat(Files.readString(folder.resolve("report-3/aiaudit.json"))).contains("yes, questions.xlsx:");
    }

    /** The command as a user has it, a process each time. */
    private void aiauditOnThePath() throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        String command = CommandProcess.command(temporary, List.of()).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        program("aiaudit", "unset JAVA_TOOL_OPTIONS ${!AIAUDIT_*}\nexec " + command + " \"$@\"\n");
    }

    /** What the page says to do with the questions between two commands: save them, and write yes or no. */
    private void answerAsTheClientDoes(String command, String out) throws IOException {
        Path sheet = folder.resolve("questions.xlsx");
        if (command.equals("aiaudit questions report/aiaudit.json")) {
            assertThat(out).containsPattern("(?m)^\\| {3}\\|");
            Files.writeString(folder.resolve("questions.md"), out.replaceAll("(?m)^\\| {3}\\|", "| yes |"));
        } else if (command.endsWith("> questions.xlsx")) {
            Files.write(sheet, AnsweredSheet.answered(AnsweredSheet.rows(Files.readAllBytes(sheet)), "yes"));
        } else if (command.endsWith("--answers questions.md")) {
            assertThat(Files.readString(folder.resolve("report-3/aiaudit.json")))
                    .contains("yes, questions.md:");
        }
    }

    /** Two clients of real traffic as two endpoints, from the 1st of September 2024 on, and one that nobody calls. */
    private static void servedEndpoints(Path sent) throws IOException {
        Map<String, double[]> hours = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Needs.data("servegen/client_rate_10min.csv.gz"))),
                StandardCharsets.UTF_8))) {
            reader.readLine();
            reader.lines().map(line -> line.split(",")).forEach(cells -> {
                int hour = Integer.parseInt(cells[2]) / 3600;
                if (cells[0].equals("m-large") && List.of("0", "2").contains(cells[1]) && hour < 24 * 14) {
                    hours.computeIfAbsent(cells[1], client -> new double[24 * 14])[hour] +=
                            600 * Double.parseDouble(cells[3]);
                }
            });
        }
        hours.put("nobody", new double[24 * 14]);
        hours.put("quiet", new double[24 * 14]);
        for (int day = 1; day < 6; day++) {
            hours.get("quiet")[24 * day + 10] = 20;
            hours.get("quiet")[24 * (day + 7) + 10] = 20;
        }
        List<String> inventory = new ArrayList<>(
                List.of("resource_id,kind,name,provider,region,machine_type,replicas,created_at," + "attributes"));
        List<String> usage = new ArrayList<>(List.of("resource_id,metric,hour,total"));
        hours.forEach((client, requests) -> {
            String id = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/" + client;
            inventory.add(id + ",inference_endpoint," + client + ",aws,us-east-1,ml.g5.2xlarge,1,2024-01-10,"
                    + "\"{\"\"autoscaling\"\": \"\"none\"\"}\"");
            for (int hour = 0; hour < requests.length; hour++) {
                usage.add(String.format(
                        Locale.ROOT,
                        "%s,requests,2024-09-%02dT%02d:00:00Z,%.0f",
                        id,
                        1 + hour / 24,
                        hour % 24,
                        requests[hour]));
            }
        });
        Files.write(Files.createDirectories(sent.resolve("inventory")).resolve("aws.csv"), inventory);
        Files.write(Files.createDirectories(sent.resolve("usage")).resolve("aws.csv"), usage);
    }

    @Outside
    @Test
    void the_script_says_how_to_start_it_and_calls_nothing_that_changes_anything() throws IOException {
        Path bash = Needs.program("bash");
        assertThat(Ran.program(folder, Map.of(), List.of(bash.toString(), "-n", SCRIPT.toString()))
                        .exitCode())
                .isZero();
        Ran ran = Ran.program(folder, Map.of(), List.of(bash.toString(), SCRIPT.toString(), "aws", "june"));
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("bash export.sh aws 2026-06-01 2026-07-01", "bash export.sh gcp");
        for (String cloud : List.of("aws", "azure", "gcp")) {
            Path nothing = Files.createDirectories(folder.resolve("nothing"));
            Ran without = Ran.program(
                    nothing,
                    Map.of("PATH", nothing.toString()),
                    List.of(bash.toString(), SCRIPT.toString(), cloud, "2026-06-01", "2026-07-01", "x", "y"));
            assertThat(without.exitCode()).isEqualTo(2);
            assertThat(without.err())
                    .matches("(aws|az|gcloud) is missing\\. The shell of the cloud's own website has it\\.\\R");
            assertThat(nothing).isEmptyDirectory();
        }
        List<String> calls = Pattern.compile(
                        "(?<![\\w#])(?:aws \\w[\\w-]* ([a-z-]+)|az ([a-z ]+?) -|gcloud ([a-z -]+?) --)")
                .matcher(Files.readString(SCRIPT).replaceAll("(?m)^ *#.*$", ""))
                .results()
                .map(call -> Stream.of(1, 2, 3)
                        .map(call::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow())
                .toList();
        assertThat(calls)
                .hasSizeGreaterThan(20)
                .allMatch(call -> call.matches("(.* )?(get|list|describe|show|rest)([a-z-]*)"), "reads");
        assertThat(Files.readString(SCRIPT)).doesNotContainPattern("--method (?!get)");
    }

    @Test
    void every_link_of_the_page_leads_somewhere() throws IOException {
        Matcher link = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)").matcher(page());
        List<String> broken = new ArrayList<>();
        while (link.find()) {
            if (!Files.exists(PAGE.resolveSibling(link.group(1)))) {
                broken.add(link.group(1));
            }
        }
        assertThat(broken).isEmpty();
    }
}
