package io.aiaudit.collect.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.AzureTenant.Series;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.TenantOfOne;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workspaces with their endpoints and computes, against a server that plays a tenant. */
@Outside
class AzureMachineLearningTest {
    private static final String SEARCH = AzureTenant.SEARCH;

    @RegisterExtension
    static final TenantOfOne AZURE = new TenantOfOne();

    @Test
    void machine_learning_is_reported_below_its_workspace() throws Exception {
        AZURE.tenant().machineLearning(SEARCH);
        Gathered gathered = AZURE.gather();
        String workspace = gathered.resource("mlw").resourceId();
        Resource forgotten = gathered.resource("ci-forgotten");
        assertThat(forgotten.kind()).isEqualTo("notebook");
        assertThat(forgotten.accelerator()).as("spelled STANDARD_NC4AS_T4_V3").isEqualTo("T4");
        assertThat(forgotten.parentId()).isEqualTo(workspace);
        assertThat(forgotten.attributes()).containsEntry("idle_shutdown", "none");
        Resource stops = gathered.resource("ci-stops");
        assertThat(stops.replicas()).isZero();
        assertThat(stops.attributes())
                .containsEntry("idle_shutdown", "PT60M")
                .containsEntry("stopped_since", "2026-06-01T18:00:00Z");
        Resource cluster = gathered.resource("gpu-cluster");
        assertThat(cluster.kind()).isEqualTo("training_cluster");
        assertThat(cluster.replicas()).isEqualTo(1);
        assertThat(cluster.attributes()).containsEntry("min_nodes", "1").containsEntry("idle_nodes", "1");
        Resource busy = gathered.resource("chat/busy");
        assertThat(busy.parentId()).isEqualTo(gathered.resource("chat").resourceId());
        assertThat(gathered.resource("chat").parentId()).isEqualTo(workspace);
        assertThat(busy.attributes())
                .containsEntry("autoscaling", "enabled")
                .containsEntry("autoscaling_max", "3")
                .containsEntry("autoscaling_metric", "CpuUtilizationPercentage")
                .containsEntry("traffic_percent", "100");
        assertThat(gathered.resource("chat/idle").attributes()).containsEntry("autoscaling", "none");
        assertThat(gathered.resources).extracting(Resource::name).doesNotContain("aks");
    }

    @Test
    void an_endpoint_without_requests_is_zero_where_its_machines_are_measured() throws Exception {
        AZURE.tenant().machineLearning(SEARCH);
        String idle = AzureTenant.workspaceId(SEARCH) + "/onlineEndpoints/chat/deployments/idle";
        AZURE.tenant()
                .metrics(
                        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
                        2,
                        List.of(idle),
                        List.of("CpuUtilizationPercentage", "RequestsPerMinute"),
                        new Series(
                                idle,
                                "CpuUtilizationPercentage",
                                null,
                                "average,maximum",
                                hour -> hour < 30 ? "1" : null),
                        new Series(idle, "RequestsPerMinute", "envoy_response_code=200", "average", hour -> null));
        assertThat(AZURE.gather().metric("chat/idle", "requests"))
                .hasSize(30)
                .allSatisfy(hour -> assertThat(hour.total()).isZero());
    }

    @Test
    void what_a_data_collector_keeps_is_reported_of_its_deployment() throws Exception {
        AZURE.tenant().machineLearning(SEARCH);
        Gathered gathered = AZURE.gather();
        assertThat(gathered.resource("chat/busy").attributes())
                .containsEntry("data_collection", "model_inputs, model_outputs")
                .containsEntry("data_collection_percent", "50");
        assertThat(gathered.resource("chat/idle").attributes()).containsEntry("data_collection", "off");
    }

    @Test
    void an_endpoint_is_measured_in_our_units() throws Exception {
        AZURE.tenant().machineLearning(SEARCH);
        String busy = AzureTenant.workspaceId(SEARCH) + "/onlineEndpoints/chat/deployments/busy";
        AZURE.tenant()
                .metrics(
                        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
                        2,
                        List.of(busy),
                        List.of(
                                "GpuUtilizationPercentage",
                                "GpuMemoryUtilizationPercentage",
                                "DeploymentCapacity",
                                "RequestsPerMinute"),
                        new Series(busy, "GpuUtilizationPercentage", null, "average,maximum", hour -> "60"),
                        new Series(busy, "GpuMemoryUtilizationPercentage", null, "average", hour -> "50"),
                        new Series(busy, "DeploymentCapacity", "instanceid=a state=Running", "average", hour -> "1"),
                        new Series(busy, "DeploymentCapacity", "instanceid=b state=Running", "average", hour -> "1"),
                        new Series(busy, "RequestsPerMinute", "envoy_response_code=200", "average", hour -> "2.5"),
                        new Series(
                                busy,
                                "RequestsPerMinute",
                                "envoy_response_code=429",
                                "average",
                                hour -> hour < 5 ? "0.5" : null));
        AZURE.server().omit("/chat/deployments/idle");
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("chat/busy", "gpu_utilization").get(0).average())
                .isEqualTo(0.6);
        assertThat(gathered.metric("chat/busy", "gpu_memory_used_gib").get(0).average())
                .isEqualTo(40);
        assertThat(gathered.metric("chat/busy", "replicas"))
                .as("two machines, not one on average")
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.average()).isEqualTo(2));
        assertThat(gathered.metric("chat/busy", "requests"))
                .as("60 minutes of all codes")
                .extracting(MetricHour::total)
                .startsWith(180.0, 180.0, 180.0, 180.0, 180.0, 150.0)
                .hasSize(48);
        for (String split : List.of("envoy_response_code eq '*'", "instanceId eq '*' and State eq '*'")) {
            AZURE.server()
                    .wireMock()
                    .verify(postRequestedFor(urlPathMatching("/metrics/.*"))
                            .withQueryParam("filter", equalTo(split))
                            .withQueryParam("top", equalTo("10000")));
        }
        assertThat(gathered.metric("chat/idle", "requests"))
                .as("Azure did not answer for it")
                .isEmpty();
        assertThat(gathered.gaps)
                .extracting(Gap::scope)
                .contains(SEARCH + " metric RequestsPerMinute in westeurope of chat/idle");
        assertThat(BigDecimal.valueOf(gathered.metrics.size())).isEqualByComparingTo("192");
    }

    @Test
    void computes_of_machine_learning_are_reported_by_their_workspace() throws Exception {
        AZURE.tenant().machineLearning(SEARCH);
        String workspace = AzureTenant.workspaceId(SEARCH);
        AZURE.tenant()
                .metrics(
                        "Microsoft.MachineLearningServices/workspaces",
                        2,
                        List.of(workspace),
                        List.of(
                                "GpuUtilizationPercentage",
                                "GpuMemoryUtilizationPercentage",
                                "Active Nodes",
                                "Total Nodes"),
                        new Series(
                                workspace,
                                "GpuUtilizationPercentage",
                                "computename=GPU-cluster",
                                "average,maximum",
                                hour -> hour < 4 ? "50" : null),
                        new Series(
                                workspace,
                                "GpuMemoryUtilizationPercentage",
                                "computename=GPU-cluster",
                                "average,maximum",
                                hour -> hour < 4 ? "25" : null),
                        new Series(
                                workspace,
                                "GpuUtilizationPercentage",
                                "computename=ci-forgotten",
                                "average",
                                hour -> "7"),
                        new Series(
                                workspace,
                                "Active Nodes",
                                "clustername=gpu-cluster",
                                "average,maximum",
                                hour -> hour < 6 ? "1" : "0"),
                        new Series(
                                workspace,
                                "Total Nodes",
                                "clustername=gpu-cluster",
                                "average,maximum",
                                hour -> hour < 40 ? "1" : hour < 44 ? "0" : null),
                        new Series(
                                workspace, "Active Nodes", "clustername=ci-forgotten", "average,maximum", hour -> "0"),
                        new Series(
                                workspace, "Total Nodes", "clustername=ci-forgotten", "average,maximum", hour -> "1"));
        Gathered gathered = AZURE.gather();
        assertThat(gathered.metric("gpu-cluster", "gpu_utilization"))
                .extracting(MetricHour::average)
                .as("a job for 4 hours; 2 of which nothing is known but that a node was busy; none until the nodes "
                        + "are gone")
                .hasSize(4 + 34)
                .startsWith(0.5, 0.5, 0.5, 0.5, 0.0)
                .endsWith(0.0);
        assertThat(gathered.metric("gpu-cluster", "gpu_memory_used_gib").get(0).average())
                .isEqualTo(20);
        assertThat(gathered.metric("gpu-cluster", "replicas"))
                .extracting(MetricHour::average)
                .hasSize(44)
                .endsWith(0.0);
        assertThat(gathered.metric("ci-forgotten", "gpu_utilization"))
                .as("somebody may work there without a job: nothing is made up")
                .hasSize(48)
                .allSatisfy(hour -> assertThat(hour.average()).isEqualTo(0.07));
        assertThat(gathered.metric("ci-stops", "gpu_utilization")).isEmpty();
        for (String split : List.of("ComputeName eq '*'", "ClusterName eq '*'")) {
            AZURE.server()
                    .wireMock()
                    .verify(
                            1,
                            postRequestedFor(urlPathMatching("/metrics/.*")).withQueryParam("filter", equalTo(split)));
        }
    }

    private Map<String, String> monitored(String... schedules) throws Exception {
        String workspace = AzureTenant.workspaceId(SEARCH);
        AZURE.server().list(workspace + "/schedules", schedules);
        Gathered gathered = AZURE.gather();
        Map<String, String> monitoring = new HashMap<>();
        for (String name : List.of("chat/busy", "chat/idle")) {
            monitoring.put(name, gathered.resource(name).attributes().get("monitoring"));
        }
        return monitoring;
    }

    @Test
    void a_deployment_says_what_is_monitored_of_it() throws Exception {
        AZURE.tenant().machineLearning(SEARCH);
        String busy = AzureTenant.workspaceId(SEARCH) + "/onlineEndpoints/chat/deployments/busy";
        assertThat(monitored()).as("no schedule").containsEntry("chat/busy", "none");
        assertThat(monitored(
                        AzureTenant.monitor(busy.toUpperCase(Locale.ROOT), "", "DataQuality", "ModelPerformance"),
                        AzureTenant.monitor("azureml:chat:idle", ", \"isEnabled\": false", "DataDrift"),
                        """
                        {"name": "nightly", "properties": {"isEnabled": true, "action": {"actionType": \
                        "CreateJob"}}}"""))
                .containsEntry("chat/busy", "DataQuality Enabled, ModelQuality Enabled")
                .containsEntry("chat/idle", "DataDrift Disabled");
        assertThat(monitored(
                        AzureTenant.monitor("azureml:" + busy, ", \"provisioningState\": \"Failed\"", "DataDrift"),
                        AzureTenant.monitor("azureml:chat:idle", "", "DataDrift")
                                .replace("\"interval\": 1", "\"interval\": 1, \"endTime\": \"2025-01-31T09:00:00\"")))
                .containsEntry("chat/busy", "DataDrift Failed")
                .containsEntry("chat/idle", "DataDrift Ended");
        AZURE.server()
                .wireMock()
                .verify(
                        3,
                        getRequestedFor(urlPathMatching(".*/workspaces/mlw/schedules"))
                                .withQueryParam("listViewType", equalTo("All")));
    }

    /** It watches data that somebody collects, of whichever deployment. */
    @Test
    void a_monitor_that_names_no_deployment_leaves_open_whom_it_watches() throws Exception {
        AZURE.tenant().machineLearning(SEARCH);
        String busy = AzureTenant.workspaceId(SEARCH) + "/onlineEndpoints/chat/deployments/busy";
        assertThat(monitored(AzureTenant.monitor(busy, "", "DataDrift"), AzureTenant.monitor(null, "", "DataQuality")))
                .containsEntry("chat/busy", "DataDrift Enabled")
                .containsEntry("chat/idle", null);
        assertThat(monitored(AzureTenant.monitor(null, ", \"isEnabled\": false", "DataQuality")))
                .as("one that is off watches nobody")
                .containsEntry("chat/idle", "none");
    }

    /** Nodes for 4 hours; a job of which only its use is known; one of which only its node is; nothing else. */
    private Gathered clusterThatIsCountedForFourHours(int fewest) throws Exception {
        AZURE.tenant().machineLearning(SEARCH);
        String workspace = AzureTenant.workspaceId(SEARCH);
        AZURE.server().list(workspace + "/computes", """
                {"id": "%s/computes/sweeps", "name": "sweeps", "location": "westeurope", "properties": {"createdOn": \
                "2026-02-01T08:00:00Z", "computeLocation": "westeurope",
                 "computeType": "AmlCompute", "properties": {"vmSize": "Standard_NC24ads_A100_v4", "vmPriority": \
                "Dedicated", "scaleSettings": {"maxNodeCount": 8, "minNodeCount": %d},
                 "currentNodeCount": 0}}}""".formatted(workspace, fewest));
        AZURE.tenant()
                .metrics(
                        "Microsoft.MachineLearningServices/workspaces",
                        2,
                        List.of(workspace),
                        List.of("GpuUtilizationPercentage", "Active Nodes", "Total Nodes"),
                        new Series(
                                workspace,
                                "GpuUtilizationPercentage",
                                "computename=sweeps",
                                "average,maximum",
                                hour -> hour == 10 ? "50" : null),
                        new Series(
                                workspace,
                                "Active Nodes",
                                "clustername=sweeps",
                                "average,maximum",
                                hour -> hour == 11 ? "1" : null),
                        new Series(
                                workspace,
                                "Total Nodes",
                                "clustername=sweeps",
                                "average,maximum",
                                hour -> hour < 4 ? "6" : null));
        return AZURE.gather();
    }

    @Test
    void a_cluster_that_may_scale_to_none_had_no_node_in_hours_that_were_answered_without_a_point() throws Exception {
        Gathered gathered = clusterThatIsCountedForFourHours(0);
        assertThat(gathered.metric("sweeps", "replicas"))
                .as("4 hours with nodes, none in the others but in the two in which something ran, of which "
                        + "nothing is known")
                .hasSize(46)
                .extracting(MetricHour::average)
                .startsWith(6.0, 6.0, 6.0, 6.0, 0.0)
                .endsWith(0.0);
        assertThat(gathered.resources)
                .filteredOn(resource -> resource.attributes().containsKey("replicas_taken_as_none"))
                .singleElement()
                .satisfies(resource -> assertThat(resource.attributes().get("replicas_taken_as_none"))
                        .isEqualTo("42 of these without a data point, counted as 0 instances: it may scale to 0"));
    }

    @Test
    void a_cluster_that_keeps_a_node_is_not_known_in_hours_without_a_point() throws Exception {
        Gathered gathered = clusterThatIsCountedForFourHours(1);
        assertThat(gathered.metric("sweeps", "replicas")).hasSize(4);
        assertThat(gathered.resources)
                .noneMatch(resource -> resource.attributes().containsKey("replicas_taken_as_none"));
    }
}
