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
    private Ran assertRecognised(String scope) throws IOException {
        Path files = Files.createDirectories(folder.resolve("sent"));
        for (String name : List.of("inventory", "usage")) {
            Files.copy(
                    sent().resolve(name).resolve(scope + ".csv"),
                    Files.createDirectories(files.resolve(name)).resolve(scope + ".csv"));
        }
        Ran ran = aiaudit(
                folder, List.of("sources", "check", "files", "sent", "--details", "--window", "2026-06-01/2026-07-01"));
        assertThat(ran.out())
                .contains("ready      sent/inventory/" + scope + ".csv", "ready      sent/usage/" + scope + ".csv")
                .doesNotContain("could not be read");
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        return ran;
    }

    private static Ran aiaudit(Path work, List<String> arguments) throws IOException {
        Path temporary = Files.createDirectories(work.resolve("tmp"));
        Map<String, String> variables = new TreeMap<>();
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith("AIAUDIT_") || name.equals("JAVA_TOOL_OPTIONS"))
                .forEach(name -> variables.put(name, ""));
        return Ran.program(work, variables, CommandProcess.command(temporary, arguments));
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
                    .contains("Service,on_demand,{env:dev,name:a; b},{endpoint_type:realtime}")
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
                set -euo pipefail
                aws sagemaker create-model --model-name m --execution-role-arn arn:aws:iam::123456789012:role/x \
                --primary-container Image=x
                aws sagemaker create-endpoint-config --endpoint-config-name c --production-variants \
                VariantName=main,ModelName=m,InitialInstanceCount=2,InstanceType=ml.g4dn.12xlarge,InitialVariantWeight=1
                aws sagemaker create-endpoint --endpoint-name chat --endpoint-config-name c \
                --tags '[{"Key": "env", "Value": \
                "dev"}, {"Key": "name", "Value": "a; b"}]'
                aws ec2 run-instances --image-id ami-12c6146b --instance-type g5.xlarge --count 1 --tag-specifications \
                'ResourceType=instance,Tags=[{Key=Name,Value=lab}]'
                id=$(aws ec2 describe-instances --query 'Reservations[].Instances[].InstanceId' --output text)
                aws ec2 run-instances --image-id ami-12c6146b --instance-type m5.large --count 24 > machines.txt
                aws ec2 create-volume --availability-zone eu-west-1a --size 100 > volume.txt
                aws sagemaker create-notebook-instance --notebook-instance-name pad --instance-type ml.t3.medium \
                --role-arn arn:aws:iam::123456789012:role/x
                aws cloudwatch put-metric-data --namespace AWS/Bedrock --metric-data \
                '[{"MetricName":"Invocations","Dimensions":[{"Name":"ModelId","Value":"UNITS"}],"Timestamp":\
                "2026-06-03T04:10:00Z","Value":7}]'
                of='[{"Name":"EndpointName","Value":"chat"},{"Name":"VariantName","Value":"main"}]'
                aws cloudwatch put-metric-data --namespace AWS/SageMaker --metric-data \
                '[{"MetricName":"Invocations","Dimensions":'"$of"',"Timestamp":"2026-06-03T04:10:00Z","Value":5},\
                {"MetricName":"Invocations","Dimensions":'"$of"',"Timestamp":"2026-06-03T04:20:00Z","Value":6}]'
                aws cloudwatch put-metric-data --namespace /aws/sagemaker/Endpoints --metric-data \
                '[{"MetricName":"GPUUtilization","Dimensions":'"$of"',"Timestamp":"2026-06-03T04:10:00Z","Value":200}]'
                for gpu in 0 1; do
                  aws cloudwatch put-metric-data --namespace CWAgent --metric-data \
                '[{"MetricName":"nvidia_smi_utilization_gpu","Dimensions":[{"Name":"InstanceId","Value":"'$id'"},\
                {"Name":"index","Value":"'$gpu'"}],"Timestamp":"2026-06-03T04:10:00Z","Value":'$((20 + 40 * gpu))'}]'
                done
                echo "id $id"
                """.replace("UNITS", UNITS);
        Ran ran = Ran.program(folder, cloud, List.of(Needs.program("bash").toString(), "-c", script));
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        return ran.out()
                .lines()
                .filter(line -> line.startsWith("id "))
                .findFirst()
                .orElseThrow()
                .substring(3);
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
                .contains("vm1,instance,vm1,azure,s,eastus,Standard_NC6s_v3,,,1,,2026-01-10")
                .contains("cctest-gpt4o-mini,model_usage,cctest-gpt4o-mini,azure,")
                .contains("/disks/old,volume,old,azure,s,eastus,,,,1,,2026-01-10")
                .contains("/four,capacity_reservation,four,azure,s,eastus,Standard_NC24ads_A100_v4,,,4,,2026-01-10");
        assertThat(assertRecognised("azure-s").out())
                .containsPattern("storage-orphaned +1 examined")
                .containsPattern("capacity-reservation-unused +1 examined");
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
                .[0].deployedModels[0].dedicatedResources.machineSpec.acceleratorCount = 2' \
                %1$s/vertexai_endpoint_metrics/*endpoints_1.json ;;
                  *) echo '[]' ;;
                esac
                """.formatted(recorded));
        program("curl", """
                answer() { case "$*" in
                  *pageToken=next*) echo '{}' ;;
                  *notebooks.googleapis.com*) jq .body %1$s/notebook_v2/*.json ;;
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
                answer "$*" > answer.json
                printf 200
                """.formatted(recorded));
        Ran ran = export("gcp", Map.of());
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(rows("usage/gcp-my-project.csv").lines())
                .containsExactlyInAnyOrder(
                        "//aiplatform.googleapis.com/projects/stacklet-test-policies/locations/us-central1/"
                                + "endpoints/c7n-endpoint-default-7509,requests,2026-07-08T21:00:25Z,,,2",
                        "//aiplatform.googleapis.com/projects/stacklet-test-policies/locations/us-central1/"
                                + "endpoints/c7n-endpoint-default-7509,gpu_memory_used_gib,2026-07-08T21:00:25Z,,10,",
                        "//compute.googleapis.com/projects/cloud-custodian/zones/us-east4-c/instances/"
                                + "iap-test-webapp,cpu_utilization,2021-04-01T17:36:07Z,0.0034935695658400334,,",
                        "//compute.googleapis.com/projects/cloud-custodian/zones/us-east4-c/instances/custodian-dev,"
                                + "gpu_utilization,2021-04-01T17:36:07Z,0.5,0.5,");
        assertThat(rows("inventory/gcp-my-project.csv"))
                .contains("//aiplatform.googleapis.com/projects/cloud-custodian/locations/us-central1/endpoints/"
                        + "c7n-endpoint-default-7509,inference_endpoint,c7n-endpoint-default-7509,gcp,"
                        + "cloud-custodian,us-central1,n1-standard-2,,2,1,")
                .contains("//compute.googleapis.com/projects/cloud-custodian/zones/us-east1-b/instances/custodian-dev,"
                        + "instance,custodian-dev,gcp,cloud-custodian,us-east1,n1-standard-1,");
        assertThat(assertRecognised("gcp-my-project").out())
                .containsPattern("storage-orphaned +2 examined")
                .containsPattern("capacity-reservation-unused +1 examined")
                .containsPattern("gcp notebook +[1-9]");
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
        aiauditOnThePath();
        for (String command : commands) {
            Ran ran = Ran.program(
                    folder, withPath(Map.of()), List.of(Needs.program("bash").toString(), "-c", command));
            // The sample bill has rows that say nothing, and says so.
            assertThat(ran.exitCode()).as(ran.toString()).isIn(0, 4);
            assertThat(ran.err()).doesNotContain("error:");
            answerAsTheClientDoes(command, ran.out());
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

    /** The command as a user has it, so that a shell runs the lines of the page to the letter. */
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
