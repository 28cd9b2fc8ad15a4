package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * The commands of docs/consultant.md, run as they stand there: those of AWS by the real command line against a simulated cloud, those of Azure and Google Cloud against
 * recorded answers and, where none is recorded, answers in the documented shape; those of aiaudit on files made from real data.
 */
class ConsultantPageTest {
    private static final Path PAGE = Needs.projectFolder().resolve("docs/consultant.md");
    private static final String LINE = "(?m)^    (aiaudit .*)$";

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

    /** Runs steps one after the other in one shell, in a folder that gets the files. */
    private Path run(Map<String, String> variables, String... steps) throws IOException {
        Needs.program("jq");
        Path work = Files.createDirectories(folder.resolve("from-client"));
        String script = Arrays.stream(steps).map(ConsultantPageTest::step).collect(Collectors.joining("\n"));
        Map<String, String> all = new TreeMap<>(variables);
        all.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        Ran ran = Ran.program(work, all, List.of(Needs.program("bash").toString(), "-c", script));
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        return work;
    }

    private static String rows(Path work, String file) throws IOException {
        try (Stream<String> lines = Files.lines(work.resolve(file))) {
            return lines.skip(1).map(line -> line.replace("\"", "")).collect(Collectors.joining("\n"));
        }
    }

    /** Whether aiaudit takes both files for what they are, whole. */
    private void assertRecognised(Path work) throws IOException {
        Path sent = Files.createDirectories(folder.resolve("sent"));
        for (String name : List.of("inventory.csv", "usage.csv")) {
            Files.copy(work.resolve(name), sent.resolve(name));
        }
        Ran ran = aiaudit(folder, List.of("sources", "check", "files", "sent", "--window", "2026-06-01/2026-07-01"));
        assertThat(ran.out())
                .contains("ready    sent/inventory.csv", "ready    sent/usage.csv")
                .doesNotContain("could not be read");
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
    }

    private static Ran aiaudit(Path work, List<String> arguments) throws IOException {
        Path temporary = Files.createDirectories(work.resolve("tmp"));
        Map<String, String> variables = new TreeMap<>();
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith("AIAUDIT_") || name.equals("JAVA_TOOL_OPTIONS"))
                .forEach(name -> variables.put(name, ""));
        return Ran.program(work, variables, CommandProcess.command(temporary, arguments));
    }

    @Test
    void the_commands_for_aws_make_an_inventory_and_a_usage_file() throws IOException, InterruptedException {
        Path aws = Needs.program("aws");
        Path python = Needs.program("python3");
        // What the simulation does not know. Parts of an endpoint are asked for by their own name.
        program(
                "aws",
                "if [ \"$2\" = list-inference-components ]; then echo '{\"InferenceComponents\": [{\"InferenceComponentName\": \"part\", \"VariantName\": \"main\"}]}'; exit; fi\nexec "
                        + aws + " \"$@\"\n");
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
            Path work = run(cloud, "begin", "aws-ask", "aws-endpoints", "aws-machines", "end");
            String endpoint = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/chat";
            assertThat(rows(work, "usage.csv").lines())
                    .containsExactlyInAnyOrder(
                            // Percent times four GPUs; two counts of one hour; of two GPUs the mean and the busiest.
                            endpoint + "/variant/main,gpu_utilization,2026-06-03T04:00:00Z,0.5,0.5,",
                            endpoint + "/variant/main,requests,2026-06-03T04:00:00Z,,,11",
                            id + ",gpu_utilization,2026-06-03T04:00:00Z,0.4,0.6,");
            assertThat(rows(work, "inventory.csv"))
                    .contains(endpoint + ",inference_endpoint,chat,aws,123456789012,eu-west-1,")
                    .contains(endpoint
                            + "/variant/main,inference_endpoint,chat/main,aws,123456789012,eu-west-1,ml.g4dn.12xlarge,,,2,"
                            + endpoint)
                    .contains(id + ",instance,lab,aws,123456789012,eu-west-1,g5.xlarge,");
            assertRecognised(work);
        } finally {
            server.destroy();
            server.waitFor();
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
                aws sagemaker create-model --model-name m --execution-role-arn arn:aws:iam::123456789012:role/x --primary-container Image=x
                aws sagemaker create-endpoint-config --endpoint-config-name c --production-variants VariantName=main,ModelName=m,InitialInstanceCount=2,InstanceType=ml.g4dn.12xlarge,InitialVariantWeight=1
                aws sagemaker create-endpoint --endpoint-name chat --endpoint-config-name c
                aws ec2 run-instances --image-id ami-12c6146b --instance-type g5.xlarge --count 1 --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=lab}]'
                id=$(aws ec2 describe-instances --query 'Reservations[].Instances[].InstanceId' --output text)
                of='[{"Name":"EndpointName","Value":"chat"},{"Name":"VariantName","Value":"main"}]'
                aws cloudwatch put-metric-data --namespace AWS/SageMaker --metric-data '[{"MetricName":"Invocations","Dimensions":'"$of"',"Timestamp":"2026-06-03T04:10:00Z","Value":5},{"MetricName":"Invocations","Dimensions":'"$of"',"Timestamp":"2026-06-03T04:20:00Z","Value":6}]'
                aws cloudwatch put-metric-data --namespace /aws/sagemaker/Endpoints --metric-data '[{"MetricName":"GPUUtilization","Dimensions":'"$of"',"Timestamp":"2026-06-03T04:10:00Z","Value":200}]'
                for gpu in 0 1; do
                  aws cloudwatch put-metric-data --namespace CWAgent --metric-data '[{"MetricName":"nvidia_smi_utilization_gpu","Dimensions":[{"Name":"InstanceId","Value":"'$id'"},{"Name":"index","Value":"'$gpu'"}],"Timestamp":"2026-06-03T04:10:00Z","Value":'$((20 + 40 * gpu))'}]'
                done
                echo "id $id"
                """;
        Ran ran = Ran.program(folder, cloud, List.of(Needs.program("bash").toString(), "-c", script));
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        return ran.out()
                .lines()
                .filter(line -> line.startsWith("id "))
                .findFirst()
                .orElseThrow()
                .substring(3);
    }

    @Test
    void the_commands_for_azure_make_an_inventory_and_a_usage_file() throws IOException {
        program("az", """
                recorded() { jq --argjson at "$2" '.interactions[$at].response.body.data' "%s/$1.json"; }
                workspace=/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w
                point='"timeStamp": "2026-06-03T04:00:00Z", "average": 40, "maximum": 90, "total": 2400'
                metric() { echo '{"name": {"value": "'"$1"'"}, "timeseries": [{"metadatavalues": ['"${2:-}"'], "data": [{'"$point"'}, {"timeStamp": "2026-06-03T05:00:00Z"}]}]}'; }
                case "$*" in
                  "resource list "*) echo $workspace ;;
                  *computes?api-version*) recorded MachineLearningWorkspaceComputeInstancesFilterTest.test_additional_attributes 1 ;;
                  *onlineEndpoints?api-version*) echo '{"value": [{"id": "'$workspace'/onlineEndpoints/e", "name": "e", "location": "eastus", "properties": {"provisioningState": "Succeeded"}, "systemData": {"createdAt": "2026-01-10T00:00:00Z"}}]}' ;;
                  *deployments?api-version*) echo '{"value": [{"id": "'$workspace'/onlineEndpoints/e/deployments/blue", "name": "blue", "location": "eastus", "sku": {"capacity": 2}, "properties": {"instanceType": "Standard_NC24ads_A100_v4", "provisioningState": "Succeeded"}, "systemData": {"createdAt": "2026-01-10T00:00:00Z"}}]}' ;;
                  "vm list "*) echo '[{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1", "name": "vm1", "location": "eastus", "hardwareProfile": {"vmSize": "Standard_NC6s_v3"}, "timeCreated": "2026-01-10T00:00:00.123456+00:00", "powerState": "VM running", "priority": null, "tags": {"env": "dev"}}]' ;;
                  "cognitiveservices account list "*) recorded AiFoundryCognitiveServiceDeploymentTest.ai-foundry-cognitiveservice-deployment-get 0 | jq '[.value[] | . + {resourceGroup: (.id | split("/")[4])}] | .[:1]' ;;
                  "cognitiveservices account deployment list "*) recorded AiFoundryCognitiveServiceDeploymentTest.ai-foundry-cognitiveservice-deployment-get 2 | jq .value ;;
                  *--metrics\\ GpuUtilizationPercentage\\ CpuUtilizationPercentage\\ --interval*) echo "{\\"value\\": [$(metric GpuUtilizationPercentage), $(metric CpuUtilizationPercentage)]}" ;;
                  *RequestsPerMinute*) echo "{\\"value\\": [$(metric RequestsPerMinute)]}" ;;
                  *Percentage\\ CPU*) echo "{\\"value\\": [$(metric 'Percentage CPU')]}" ;;
                  *ProcessedPromptTokens*--filter*) echo "{\\"value\\": [$(metric ProcessedPromptTokens '{"name": {"value": "modeldeploymentname"}, "value": "gpt"}')]}" ;;
                  *) echo "no such command: $*" >&2; exit 1 ;;
                esac
                """.formatted(fixtures().resolve("azure")));
        Path work = run(Map.of(), "begin", "azure-ask", "azure-ml", "azure-machines", "azure-openai", "end");
        String blue =
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/e/deployments/blue";
        assertThat(rows(work, "usage.csv").lines())
                .contains(
                        blue + ",gpu_utilization,2026-06-03T04:00:00Z,0.4,0.9,",
                        blue + ",requests,2026-06-03T04:00:00Z,,,2400", // 40 a minute
                        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1,cpu_utilization,2026-06-03T04:00:00Z,0.4,0.9,")
                .anyMatch(row -> row.endsWith("/deployments/gpt,tokens_input,2026-06-03T04:00:00Z,,,2400"))
                .noneMatch(row -> row.contains("T05:00:00Z"));
        assertThat(rows(work, "inventory.csv"))
                .contains(blue + ",inference_endpoint,blue,azure,s,eastus,Standard_NC24ads_A100_v4,,,2,")
                .contains("vm1,instance,vm1,azure,s,eastus,Standard_NC6s_v3,,,1,,2026-01-10")
                .contains("cctest-gpt4o-mini,model_usage,cctest-gpt4o-mini,azure,");
        assertRecognised(work);
    }

    @Test
    void the_commands_for_google_cloud_make_an_inventory_and_a_usage_file() throws IOException {
        Path recorded = fixtures().resolve("gcp");
        program("gcloud", """
                case "$*" in
                  "auth print-access-token") echo token ;;
                  "compute instances list "*) jq '[.body.items[] | .instances // [] | .[]]' %1$s/instance-query/*.json ;;
                  *"--region us-central1 "*) jq .body.endpoints %1$s/vertexai_endpoint_metrics/*endpoints_1.json ;;
                  *) echo '[]' ;;
                esac
                """.formatted(recorded));
        program("curl", """
                case "$*" in
                  *pageToken=next*) echo '{}' ;;
                  *prediction_count*) jq '.body + {nextPageToken: "next"}' %1$s/vertexai_endpoint_metrics/*timeSeries_1.json ;;
                  *instance/cpu/utilization*) jq .body %1$s/filter-metrics/*timeSeries_1.json ;;
                  *gpu/utilization*) jq '.body | .timeSeries[0].resource.labels.instance_id = "4158127351007949610" | .timeSeries[0].metric.labels = {gpu_number: "0"} | .timeSeries[0].points[0].value.doubleValue = 50' %1$s/filter-metrics/*timeSeries_1.json ;;
                  *) echo '{}' ;;
                esac
                """.formatted(recorded));
        Path work = run(Map.of(), "begin", "gcp-ask", "gcp-vertex", "gcp-machines", "end");
        assertThat(rows(work, "usage.csv").lines())
                .containsExactlyInAnyOrder(
                        "//aiplatform.googleapis.com/projects/stacklet-test-policies/locations/us-central1/endpoints/c7n-endpoint-default-7509,requests,2026-07-08T21:00:25Z,,,2",
                        "//compute.googleapis.com/projects/cloud-custodian/zones/us-east4-c/instances/iap-test-webapp,cpu_utilization,2021-04-01T17:36:07Z,0.0034935695658400334,,",
                        "//compute.googleapis.com/projects/cloud-custodian/zones/us-east4-c/instances/custodian-dev,gpu_utilization,2021-04-01T17:36:07Z,0.5,0.5,");
        assertThat(rows(work, "inventory.csv"))
                .contains(
                        "//aiplatform.googleapis.com/projects/cloud-custodian/locations/us-central1/endpoints/c7n-endpoint-default-7509,inference_endpoint,c7n-endpoint-default-7509,gcp,cloud-custodian,us-central1,n1-standard-2,,,1,")
                .contains(
                        "//compute.googleapis.com/projects/cloud-custodian/zones/us-east1-b/instances/custodian-dev,instance,custodian-dev,gcp,cloud-custodian,us-east1,n1-standard-1,");
        assertRecognised(work);
    }

    @Test
    void the_commands_of_aiaudit_take_files_of_a_client_to_a_report() throws IOException {
        Path bill = Files.createDirectories(folder.resolve("from-client/bill"));
        Files.copy(Needs.data("focus/focus_sample_1000.csv.gz"), bill.resolve("focus.csv.gz"));
        servedEndpoints(folder.resolve("from-client"));
        Files.writeString(folder.resolve("aiaudit.yaml"), step("config"));
        List<String> commands = Pattern.compile(LINE)
                .matcher(page())
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(commands).hasSize(4);
        for (String command : commands) {
            Ran ran = aiaudit(folder, List.of(command.split(" ")).subList(1, command.split(" ").length));
            // The sample bill has rows that say nothing, and says so.
            assertThat(ran.exitCode()).as(ran.toString()).isIn(0, 4);
            assertThat(ran.err()).doesNotContain("error:");
        }
        assertThat(folder.resolve("june.aiaudit")).exists();
        for (String report : List.of("report", "report-2")) {
            assertThat(folder.resolve(report)).isDirectoryContaining("glob:**/aiaudit.{html,csv,json}");
            assertThat(Files.readString(folder.resolve(report).resolve("aiaudit.json")))
                    .containsPattern("\"id\" ?: ?\"inference-endpoint-idle\"")
                    .contains("List prices of aws are taken 12 % lower");
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
        List<String> inventory =
                new ArrayList<>(List.of("resource_id,kind,name,provider,region,machine_type,replicas,created_at"));
        List<String> usage = new ArrayList<>(List.of("resource_id,metric,hour,total"));
        hours.forEach((client, requests) -> {
            String id = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/" + client;
            inventory.add(id + ",inference_endpoint," + client + ",aws,us-east-1,ml.g5.2xlarge,1,2024-01-10");
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
        Files.write(sent.resolve("inventory.csv"), inventory);
        Files.write(sent.resolve("usage.csv"), usage);
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
