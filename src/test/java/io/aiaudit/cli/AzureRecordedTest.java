package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers that were recorded from the real Azure, served as they are; and derived ones, in which a size was changed to
 * one with accelerators, since no recording has one. What was recorded stays as it is: the test changes its copy.
 */
@Outside
class AzureRecordedTest {
    private static final String RECORDED = "ea42f556-5106-4743-99b0-c129bfa71a47";

    @AutoClose
    private static AzureServer azure;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        azure = AzureServer.start();
    }

    @BeforeEach
    void fill() {
        azure.reset();
        new AzureTenant(azure).subscription(RECORDED, "recorded");
    }

    /** Every answer of a recording at the path where it was given. */
    private static void serve(String name, UnaryOperator<String> change) throws Exception {
        JsonNode recording = new ObjectMapper().readTree(Files.readString(Needs.fixture("azure/" + name + ".json")));
        for (JsonNode interaction : recording.path("interactions")) {
            String address = interaction.at("/request/uri").asText().replace(" ", "%20");
            String path = URI.create(address.substring(0, address.indexOf('?'))).getPath();
            String body = change.apply(interaction.at("/response/body/data").toString());
            azure.stub(
                    interaction.at("/request/method").asText().equals("POST")
                            ? post(urlPathEqualTo(path)).willReturn(okJson(body))
                            : get(urlPathEqualTo(path)).willReturn(okJson(body)));
        }
    }

    private AzureRun scan(String... further) throws Exception {
        return AzureRun.scan(azure, folder, "", OneRule.with(further));
    }

    private static List<String> names(JsonNode audit, String kind) {
        return AwsRun.each(audit.get("resources"))
                .filter(resource -> resource.get("kind").asText().equals(kind))
                .map(resource -> resource.get("name").asText())
                .sorted()
                .toList();
    }

    @Test
    void machines_without_accelerators_are_none_of_ours() throws Exception {
        serve("VMTest.virtual_machine_instance", UnaryOperator.identity());
        serve("VMSSTest.test_find_by_name", UnaryOperator.identity());
        serve("AksTest.test_find_aks_by_name", UnaryOperator.identity());
        AzureRun run = scan("-f", "json");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.each(run.audit().get("resources"))
                        .map(resource -> resource.get("kind").asText()))
                .as("of the subscription itself")
                .containsOnly("account");
    }

    @Test
    void derived_machines_with_accelerators_are_reported() throws Exception {
        serve("VMTest.virtual_machine_instance", body -> body.replace("Standard_A1_v2", "Standard_NC4as_T4_v3"));
        serve("VMSSTest.test_find_by_name", body -> body.replace("Standard_DS1_v2", "Standard_NC4as_T4_v3"));
        serve("AksTest.test_find_aks_by_name", body -> body.replace("Standard_DS2_v2", "Standard_NC24ads_A100_v4"));
        azure.stub(get(urlPathMatching(".*/virtualMachineScaleSets/cctestvmss/instanceView"))
                .willReturn(okJson("{\"virtualMachine\": {\"statusesSummary\": []}}")));
        JsonNode audit = scan("-f", "json").audit();
        assertThat(names(audit, "instance")).contains("cctestvm");
        assertThat(AwsRun.resource(audit, "cctestvm").get("accelerator").asText())
                .isEqualTo("T4");
        assertThat(AwsRun.resource(audit, "cctestvm").at("/tags/testtag").asText())
                .isEqualTo("testvalue");
        assertThat(names(audit, "node_group")).contains("cctestvmss", "cctestaks/agentpool");
        assertThat(AwsRun.resource(audit, "cctestaks/agentpool").get("replicas").asInt())
                .isEqualTo(3);
        assertThat(audit.get("gaps")).isEmpty();
    }

    @Test
    void an_old_graph_that_answers_with_a_table_is_read() throws Exception {
        serve(
                "ResourceGraphSource.test_resource_graph_and_arm_sources_vm_are_equivalent",
                body -> body.replace("Basic_A0", "Standard_NC4as_T4_v3"));
        assertThat(names(scan("-f", "json").audit(), "instance")).contains("cctestvm");
    }

    @Test
    void accounts_and_deployments_of_models_are_reported() throws Exception {
        serve(
                "AiFoundryCognitiveServiceDeploymentTest.ai-foundry-cognitiveservice-deployment-get",
                UnaryOperator.identity());
        AzureRun run = scan("-f", "json");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(names(run.audit(), "model_usage")).containsExactly("cctestcogdeploy/cctest-gpt4o-mini");
        assertThat(names(run.audit(), "provisioned_throughput")).isEmpty();
    }

    @Test
    void derived_units_of_throughput_are_reported() throws Exception {
        serve(
                "AiFoundryCognitiveServiceDeploymentTest.ai-foundry-cognitiveservice-deployment-get",
                body -> body.replace(
                        "\"sku\":{\"name\":\"Standard\",\"capacity\":1}",
                        "\"sku\":{\"name\":\"DataZoneProvisionedManaged\",\"capacity\":50}"));
        JsonNode audit = scan("-f", "json").audit();
        assertThat(AwsRun.resource(audit, "cctestcogdeploy/cctest-gpt4o-mini")
                        .get("replicas")
                        .asInt())
                .isEqualTo(50);
    }

    @Test
    void clusters_of_machine_learning_are_reported() throws Exception {
        serve("MachineLearningWorkspaceComputeInstancesFilterTest.test_query", UnaryOperator.identity());
        AzureRun run = scan("-f", "json");
        assertThat(run.exitCode()).as(run::err).isZero();
        JsonNode cluster = AwsRun.resource(run.audit(), "vvmlwrkspc11");
        assertThat(cluster.get("kind").asText()).isEqualTo("training_cluster");
        assertThat(cluster.get("purchase").asText()).isEqualTo("spot");
        assertThat(cluster.get("replicas").asInt()).isZero();
    }

    @Test
    void costs_are_reported_to_the_cent_where_the_export_is_an_old_one() throws Exception {
        serve("CostFilterTest.test_cost_resource", UnaryOperator.identity());
        serve("CostManagementExportTest.common", UnaryOperator.identity());
        Path file = Files.writeString(
                folder.resolve("old.yaml"),
                azure.configuration("")
                        .replace("endpoints: {", "endpoints: {blobs: \"" + azure.url() + "/{account}\", "));
        AzureRun run =
                AzureRun.command(file, "scan", "--source", "azure", "--window", "2026-10-01/2026-11-01", "-f", "json");
        assertThat(AwsRun.each(run.audit().at("/bill/providers"))
                        .map(reported -> reported.get("effective_cost").asText()))
                .as(run::err)
                .containsExactly("0.16403");
        assertThat(run.err()).contains("comes from queries of Cost Management", "the export cccostexport");
    }
}
