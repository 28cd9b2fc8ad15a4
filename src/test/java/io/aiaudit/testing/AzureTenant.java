package io.aiaudit.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToIgnoreCase;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A tenant that an {@link AzureServer} plays: subscriptions and what is in them, in the shapes that Azure documents.
 */
public final class AzureTenant {
    public static final String SEARCH = "aaaaaaaa-0000-4000-8000-000000000001";
    public static final String SHOP = "aaaaaaaa-0000-4000-8000-000000000002";
    public static final String CLOSED = "aaaaaaaa-0000-4000-8000-000000000003";

    static final String REGION = "westeurope";

    private final AzureServer azure;
    private final List<String> subscriptions = new ArrayList<>();

    public AzureTenant(AzureServer azure) {
        this.azure = azure;
    }

    public static String group(String subscription) {
        return "/subscriptions/" + subscription + "/resourceGroups/RG-ml";
    }

    public static String machineId(String subscription, String name) {
        return group(subscription) + "/providers/Microsoft.Compute/virtualMachines/" + name;
    }

    public static String workspaceId(String subscription) {
        return group(subscription) + "/providers/Microsoft.MachineLearningServices/workspaces/mlw";
    }

    public static String accountId(String subscription) {
        return group(subscription) + "/providers/Microsoft.CognitiveServices/accounts/aoai";
    }

    public void subscription(String id, String name) {
        subscriptions.add(
                "{\"subscriptionId\": \"%s\", \"displayName\": \"%s\", \"state\": \"Enabled\"}".formatted(id, name));
        azure.list("/subscriptions", subscriptions.toArray(String[]::new));
        azure.list(
                "/subscriptions/" + id + "/providers/Microsoft.Compute/skus",
                size("Standard_NC24ads_A100_v4", 24, 220, 1),
                size("Standard_NC4as_T4_v3", 4, 28, 1),
                size("Standard_D4s_v5", 4, 16, 0));
    }

    private static String size(String name, int processors, int memory, int accelerators) {
        return """
                {"resourceType": "virtualMachines", "name": "%s", "locations": ["%s"], "capabilities": [{"name": \
                "vCPUs", "value": "%d"},
                 {"name": "MemoryGB", "value": "%d"}%s]}""".formatted(
                        name,
                        REGION,
                        processors,
                        memory,
                        accelerators == 0 ? "" : ", {\"name\": \"GPUs\", \"value\": \"" + accelerators + "\"}");
    }

    public static String machine(String subscription, String name, String size, String power) {
        String id = machineId(subscription, name);
        String disk = id.replace("virtualMachines", "disks");
        return """
                {"id": "%s", "name": "%s", "type": "microsoft.compute/virtualmachines", "location": "%s", "tags": \
                {"team": "search"},
                 "properties": {"hardwareProfile": {"vmSize": "%s"}, "timeCreated": \
                "2026-01-05T09:00:00.0000000+00:00", "storageProfile": {"osDisk": {"osType": "Linux",
                  "managedDisk": {"id": "%s_os"}}}, "extended": {"instanceView": {"powerState": {"code": \
                "PowerState/%s", "displayStatus": "VM %s"}}}}}""".formatted(id, name, REGION, size, disk, power, power);
    }

    public static String disk(String subscription, String machine) {
        return disk(subscription, machine, "Reserved", "");
    }

    /** One whose owner last changed at that time; empty: Azure does not say when. */
    public static String disk(String subscription, String machine, String state, String changed) {
        String id = machineId(subscription, machine).replace("virtualMachines", "disks") + "_os";
        String since = changed.isEmpty() ? "" : ", \"LastOwnershipUpdateTime\": \"" + changed + "\"";
        return """
                {"id": "%s", "name": "%s_os", "type": "microsoft.compute/disks", "location": "%s", "sku": {"name": \
                "Premium_LRS"}, "managedBy": "",
                 "properties": {"timeCreated": "2026-01-05T09:00:00Z", "diskState": "%s", "diskSizeGB": \
                512%s}}""".formatted(id.toLowerCase(Locale.ROOT), machine, REGION, state, since);
    }

    /** What the graph has of a type in a subscription. */
    public void graph(String subscription, String type, String... items) {
        azure.stub(post(urlPathEqualTo("/providers/Microsoft.ResourceGraph/resources"))
                .withRequestBody(containing(subscription))
                .withRequestBody(containing(type))
                .atPriority(5)
                .willReturn(
                        okJson("{\"totalRecords\": %d, \"count\": %d, \"resultTruncated\": \"false\", \"data\": [%s]}"
                                .formatted(items.length, items.length, String.join(", ", items)))));
    }

    /** A workspace with an idle compute instance, a cluster that keeps a node, and an endpoint with two deployments. */
    public void machineLearning(String subscription) {
        String workspace = workspaceId(subscription);
        azure.list(
                "/subscriptions/" + subscription + "/providers/Microsoft.MachineLearningServices/workspaces",
                """
                {"id": "%s", "name": "mlw", "location": "%s", "kind": "Default", "tags": {}, "properties": \
                {"provisioningState": "Succeeded"},
                 "systemData": {"createdAt": "2025-11-02T10:00:00Z"}}""".formatted(workspace, REGION));
        azure.list(
                workspace + "/computes",
                compute(workspace, "ci-forgotten", """
                        "computeType": "ComputeInstance", "properties": {"vmSize": "STANDARD_NC4AS_T4_V3", "state": \
                        "Running", "lastOperation": {"operationName": "Start",
                         "operationTime": "2026-05-01T08:00:00Z", "operationStatus": "Succeeded"}}"""),
                compute(workspace, "ci-stops", """
                        "computeType": "ComputeInstance", "properties": {"vmSize": "STANDARD_NC4AS_T4_V3", "state": \
                        "Stopped", "idleTimeBeforeShutdown": "PT60M",
                         "lastOperation": {"operationName": "Stop", "operationTime": "2026-06-01T18:00:00Z", \
                        "operationStatus": "Succeeded"}}"""),
                compute(workspace, "gpu-cluster", """
                        "computeType": "AmlCompute", "properties": {"vmSize": "Standard_NC24ads_A100_v4", \
                        "vmPriority": "Dedicated", "allocationState": "Steady",
                         "scaleSettings": {"maxNodeCount": 4, "minNodeCount": 1, "nodeIdleTimeBeforeScaleDown": \
                        "PT2H"}, "currentNodeCount": 1,
                         "nodeStateCounts": {"idleNodeCount": 1, "runningNodeCount": 0}}"""),
                compute(workspace, "aks", "\"computeType\": \"Kubernetes\", \"isAttachedCompute\": true"));
        azure.list(workspace + "/onlineEndpoints", """
                {"id": "%s/onlineEndpoints/chat", "name": "chat", "location": "%s", "systemData": {"createdAt": \
                "2026-01-10T10:00:00Z"},
                 "properties": {"provisioningState": "Succeeded", "traffic": {"busy": \
                100}}}""".formatted(workspace, REGION));
        azure.list(
                workspace + "/onlineEndpoints/chat/deployments",
                deployment(workspace, "busy"),
                deployment(workspace, "idle"));
        azure.list(
                workspace + "/schedules",
                monitor(workspace + "/onlineEndpoints/chat/deployments/busy", "", "DataDrift", "PredictionDrift"),
                """
                {"name": "nightly", "properties": {"isEnabled": true, "action": {"actionType": "CreateJob"}}}""");
        azure.list(
                "/subscriptions/" + subscription + "/providers/Microsoft.Insights/autoscalesettings",
                """
                {"properties": {"enabled": true, "targetResourceUri": "%s/onlineEndpoints/chat/deployments/busy", \
                "profiles": [{"capacity": {"minimum": "1", "maximum": "3"},
                  "rules": [{"metricTrigger": {"metricName": "CpuUtilizationPercentage", "threshold": 70, "operator": \
                "GreaterThan"}}, {"metricTrigger": {"metricName": "CpuUtilizationPercentage", "threshold": 30, \
                "operator": "LessThan"}}]}]}}""".formatted(workspace.toLowerCase(Locale.ROOT)),
                """
                {"properties": {"targetResourceUri": "%s/onlineEndpoints/chat/deployments/idle", "profiles": \
                [{"capacity": {"minimum": "1", "maximum": "9"}, "rules": \
                [{"metricTrigger": {"metricName": "CpuUtilizationPercentage"}}]}]}}""".formatted(workspace));
    }

    /** A schedule of a workspace that monitors a deployment; null for one that names none. */
    public static String monitor(String deployment, String further, String... signals) {
        String looked = Arrays.stream(signals)
                .map("\"%1$s\": {\"signalType\": \"%1$s\"}"::formatted)
                .collect(Collectors.joining(", "));
        String target = deployment == null ? "" : ", \"deploymentId\": \"" + deployment + "\"";
        return """
                {"name": "monitor", "properties": {"isEnabled": true, "provisioningState": "Succeeded", "action": \
                {"actionType": "CreateMonitor", "monitorDefinition": {
                  "computeConfiguration": {"computeType": "ServerlessSpark"}, "monitoringTarget": {"taskType": \
                "Classification"%s}, "signals": {%s}}},
                  "trigger": {"triggerType": "Recurrence", "frequency": "Day", "interval": \
                1}%s}}""".formatted(target, looked, further);
    }

    private static String compute(String workspace, String name, String properties) {
        return """
                {"id": "%s/computes/%s", "name": "%s", "location": "%s", "properties": {"createdOn": \
                "2026-02-01T08:00:00Z", "computeLocation": "%s",
                 "provisioningState": "Succeeded", %s}}""".formatted(workspace, name, name, REGION, REGION, properties);
    }

    private static final String COLLECTOR = """
            , "dataCollector": {"collections": {"model_inputs": {"dataCollectionMode": "Enabled", "samplingRate": 1.0},
              "model_outputs": {"dataCollectionMode": "Enabled", "samplingRate": 0.5}, "extra": {"dataCollectionMode": \
            "Disabled"}}}""";

    private static String deployment(String workspace, String name) {
        return """
                {"id": "%s/onlineEndpoints/chat/deployments/%s", "name": "%s", "location": "%s", "sku": {"name": \
                "Default", "capacity": 1},
                 "systemData": {"createdAt": "2026-01-10T10:00:00Z"}, "properties": {"endpointComputeType": "Managed", \
                "instanceType": "Standard_NC24ads_A100_v4",
                 "provisioningState": "Succeeded", "scaleSettings": {"scaleType": \
                "Default"}%s}}""".formatted(workspace, name, name, REGION, name.equals("busy") ? COLLECTOR : "");
    }

    /** An account with units of throughput and a deployment that is paid for by the token. */
    public void models(String subscription) {
        String account = accountId(subscription);
        azure.list(
                "/subscriptions/" + subscription + "/providers/Microsoft.CognitiveServices/accounts",
                """
                {"id": "%s", "name": "aoai", "location": "%s", "kind": "OpenAI", "properties": {"provisioningState": \
                "Succeeded", "dateCreated": "2025-10-01T10:00:00Z"}}""".formatted(account, REGION),
                """
                {"id": "%s-speech", "name": "speech", "location": "%s", "kind": "SpeechServices", "properties": \
                {}}""".formatted(account, REGION));
        azure.list(
                "/subscriptions/" + subscription + "/providers/Microsoft.CognitiveServices/deletedAccounts",
                """
                {"id": "/subscriptions/%s/providers/Microsoft.CognitiveServices/locations/%s/resourceGroups/RG-ml/\
                deletedAccounts/before", "name": "before", "kind": "OpenAI", "location": "%s", "properties": \
                {"deletionDate": "2026-06-01T10:00:00Z"}}""".formatted(subscription, REGION, REGION));
        azure.list(
                account + "/deployments",
                model(account, "units", "GlobalProvisionedManaged", 100),
                model(account, "tokens", "DataZoneStandard", 250));
    }

    private static String model(String account, String name, String sku, int capacity) {
        return """
                {"id": "%s/deployments/%s", "name": "%s", "sku": {"name": "%s", "capacity": %d}, "systemData": \
                {"createdAt": "2026-01-15T10:00:00Z"},
                 "properties": {"model": {"format": "OpenAI", "name": "gpt-4.1", "version": "2025-04-14"}, \
                "provisioningState": "Succeeded"}}""".formatted(account, name, name, sku, capacity);
    }

    /**
     * What days of the last weeks cost, as queries of Cost Management have it: resource, meter and amount of each day.
     */
    public void costs(String subscription, int days, String[]... resources) {
        List<String> rows = new ArrayList<>();
        for (int day = 1; day <= days; day++) {
            LocalDate date = LocalDate.now(ZoneOffset.UTC).minusDays(day);
            for (String[] resource : resources) {
                rows.add("[%s, %s, \"%s\", \"%s\", \"USD\"]"
                        .formatted(
                                resource[2],
                                date.format(DateTimeFormatter.BASIC_ISO_DATE),
                                resource[0].toLowerCase(Locale.ROOT),
                                resource[1]));
            }
        }
        String query = "/subscriptions/" + subscription + "/providers/Microsoft.CostManagement/query";
        String columns =
                "[{\"name\": \"Cost\"}, {\"name\": \"UsageDate\"}, {\"name\": \"ResourceId\"}, {\"name\": \"Meter\"}, "
                        + "{\"name\": \"Currency\"}]";
        Map<String, List<String>> months =
                rows.stream().collect(Collectors.groupingBy(row -> row.split(", ")[1].substring(0, 6)));
        months.forEach((month, some) -> azure.stub(post(urlPathEqualTo(query))
                .withRequestBody(containing(month.substring(0, 4) + "-" + month.substring(4) + "-"))
                .willReturn(okJson("{\"properties\": {\"columns\": " + columns + ", \"rows\": ["
                        + String.join(", ", some) + "]}}"))));
    }

    /** Somebody stopped a machine so many days ago. */
    public void stopped(String subscription, int daysAgo) {
        azure.list(
                "/subscriptions/" + subscription + "/providers/Microsoft.Insights/eventtypes/management/values",
                "{\"operationName\": {\"value\": \"Microsoft.Compute/virtualMachines/powerOff/action\"}, \"status\": "
                        + "{\"value\": \"Succeeded\"}, \"eventTimestamp\": \""
                        + Instant.now().truncatedTo(ChronoUnit.DAYS).minus(daysAgo, ChronoUnit.DAYS) + "\"}");
    }

    /** Capacity that is held for machines, of which some run. */
    public void reservation(String subscription, String name, int held, int running) {
        String group = group(subscription) + "/providers/Microsoft.Compute/capacityReservationGroups/crg";
        String reported = """
                {"id": "%s/capacityReservations/%s", "name": "%s", "location": "%s", "sku": {"name": \
                "Standard_NC24ads_A100_v4", "capacity": %d},
                 "properties": {"timeCreated": "2026-02-01T08:00:00Z", "provisioningState": "Succeeded"%s}}""";
        azure.list(
                "/subscriptions/" + subscription + "/providers/Microsoft.Compute/capacityReservationGroups",
                "{\"id\": \"" + group + "\", \"name\": \"crg\", \"location\": \"" + REGION + "\"}");
        azure.list(group + "/capacityReservations", reported.formatted(group, name, name, REGION, held, ""));
        String allocated = IntStream.range(0, running)
                .mapToObj(i -> "{\"id\": \"" + machineId(subscription, "vm" + i) + "\"}")
                .collect(Collectors.joining(", "));
        azure.respond(
                group + "/capacityReservations/" + name,
                reported.formatted(
                        group,
                        name,
                        name,
                        REGION,
                        held,
                        ", \"instanceView\": {\"utilizationInfo\": {\"virtualMachinesAllocated\": [" + allocated
                                + "]}}"));
    }

    /** Something of each kind that is read in a subscription. */
    public void everything(String subscription) {
        String group = group(subscription) + "/providers/";
        subscription(subscription, "everything");
        graph(
                subscription,
                "microsoft.compute/virtualmachines'",
                machine(subscription, "vm", "Standard_NC24ads_A100_v4", "running"),
                machine(subscription, "vm-stopped", "Standard_NC4as_T4_v3", "stopped"),
                disk(subscription, "vm"));
        graph(
                subscription,
                "microsoft.compute/virtualmachinescalesets'",
                """
                {"id": "%sMicrosoft.Compute/virtualMachineScaleSets/set", "name": "set", "type": \
                "microsoft.compute/virtualmachinescalesets", "location": "%s",
                 "sku": {"name": "Standard_NC4as_T4_v3", "capacity": 4}, "properties": {"orchestrationMode": \
                "Uniform"}}""".formatted(group, REGION),
                """
                {"id": "%sMicrosoft.Compute/virtualMachineScaleSets/flexible", "name": "flexible", "type": \
                "microsoft.compute/virtualmachinescalesets", "location": "%s",
                 "sku": {"name": "Standard_NC4as_T4_v3", "capacity": 4}, "properties": {"orchestrationMode": \
                "Flexible"}}""".formatted(group, REGION),
                """
                {"id": "%sMicrosoft.ContainerService/managedClusters/shop", "name": "shop", "type": \
                "microsoft.containerservice/managedclusters", "location": "%s",
                 "properties": {"nodeResourceGroup": "mc", "agentPoolProfiles": [{"name": "gpu", "vmSize": \
                "Standard_NC4as_T4_v3", "count": 2}]}}""".formatted(group, REGION));
        azure.respond(
                group + "Microsoft.Compute/virtualMachineScaleSets/set/instanceView",
                "{\"virtualMachine\": {\"statusesSummary\": [{\"code\": \"PowerState/deallocated\", \"count\": 1}]}}");
        stopped(subscription, 10);
        reservation(subscription, "held", 2, 1);
        batch(subscription);
        machineLearning(subscription);
        String batch = workspaceId(subscription) + "/batchEndpoints";
        azure.list(batch, "{\"id\": \"%s/nightly\", \"name\": \"nightly\"}".formatted(batch));
        azure.list(
                batch + "/nightly/deployments",
                "{\"id\": \"%s/nightly/deployments/one\", \"name\": \"one\", \"properties\": {}}".formatted(batch));
        models(subscription);
        commitments();
        azure.list("/subscriptions/" + subscription + "/providers/Microsoft.Advisor/recommendations", """
                {"properties": {"recommendationTypeId": "t", "resourceMetadata": {"resourceId": "%s"}, \
                "extendedProperties": {"savingsAmount": "12"}}}""".formatted(
                        machineId(subscription, "vm")));
        azure.stub(get(urlPathEqualTo("/prices/api/retail/prices")).willReturn(okJson("""
                {"Items": [{"currencyCode": "USD", "retailPrice": 3, "productName": "Virtual Machines", "skuName": \
                "x", "meterName": "x", "unitOfMeasure": "1 Hour", "type": "Consumption"}]}""")));
        costs(subscription, 2, new String[] {machineId(subscription, "vm"), "NC24ads A100 v4", "88.152"});
        governance(subscription);
    }

    /** An account of Batch: a pool with accelerators, and one without. */
    public void batch(String subscription) {
        String render = group(subscription) + "/providers/Microsoft.Batch/batchAccounts/render";
        azure.list(
                "/subscriptions/" + subscription + "/providers/Microsoft.Batch/batchAccounts",
                """
                {"id": "%s", "name": "render", "location": "%s", "tags": {"team": "film"}, "properties": \
                {"poolAllocationMode": "BatchService"}}""".formatted(render, REGION),
                """
                {"id": "%s2", "name": "render2", "location": "%s", "properties": {"poolAllocationMode": \
                "UserSubscription"}}""".formatted(render, REGION));
        azure.list(render + "/pools", """
                {"id": "%s/pools/gpu", "name": "gpu", "properties": {"vmSize": "STANDARD_NC4as_T4_v3", \
                "allocationState": "Steady",
                 "creationTime": "2026-01-05T09:00:00Z", "currentDedicatedNodes": 2, "currentLowPriorityNodes": 1, \
                "scaleSettings": {"fixedScale": {}}}}""".formatted(render), """
                {"id": "%s/pools/cpu", "name": "cpu", "properties": {"vmSize": "STANDARD_D4s_v5", \
                "currentDedicatedNodes": 2, "currentLowPriorityNodes": 0}}""".formatted(render));
    }

    /** Hours of each metric of what is in {@link #everything}: some busy, some idle. */
    public void measured(String subscription, int days) {
        String machine = machineId(subscription, "vm");
        String stopped = machineId(subscription, "vm-stopped");
        String set = group(subscription) + "/providers/Microsoft.Compute/virtualMachineScaleSets/set";
        for (List<String> ofType : List.of(List.of(machine, stopped), List.of(set))) {
            metrics(
                    "Microsoft.Compute/" + (ofType.size() == 1 ? "virtualMachineScaleSets" : "virtualMachines"),
                    days,
                    ofType,
                    List.of("Percentage CPU", "Network In Total", "Network Out Total"),
                    ofType.stream()
                            .flatMap(id -> Stream.of(
                                    new Series(id, "Percentage CPU", null, "average,maximum", hour -> "2"),
                                    new Series(id, "Network In Total", null, "total", hour -> "1000"),
                                    new Series(id, "Network Out Total", null, "total", hour -> "2000")))
                            .toArray(Series[]::new));
        }
        String workspace = workspaceId(subscription);
        metrics(
                "Microsoft.MachineLearningServices/workspaces",
                days,
                List.of(workspace),
                List.of("GpuUtilizationPercentage", "Active Nodes", "Total Nodes"),
                used(workspace, "computename=ci-forgotten", "0"),
                used(workspace, "computename=ci-stops", "50"),
                new Series(workspace, "Active Nodes", "clustername=gpu-cluster", "average,maximum", hour -> "0"),
                new Series(workspace, "Total Nodes", "clustername=gpu-cluster", "average,maximum", hour -> "1"));
        String busy = workspace + "/onlineEndpoints/chat/deployments/busy";
        String idle = workspace + "/onlineEndpoints/chat/deployments/idle";
        metrics(
                "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
                days,
                List.of(busy, idle),
                List.of("GpuUtilizationPercentage", "RequestsPerMinute", "DeploymentCapacity"),
                used(busy, null, "60"),
                used(idle, null, "0"),
                new Series(busy, "RequestsPerMinute", "envoy_response_code=200", "average", hour -> "12.5"),
                new Series(busy, "DeploymentCapacity", "instanceid=1", "average", hour -> "1"));
        String account = accountId(subscription);
        metrics(
                "Microsoft.CognitiveServices/accounts",
                days,
                List.of(account),
                List.of(
                        "AzureOpenAIRequests",
                        "ProcessedPromptTokens",
                        "GeneratedTokens",
                        "AzureOpenAIContextTokensCacheMatchRate"),
                new Series(account, "AzureOpenAIContextTokensCacheMatchRate", "tokens", "average", hour -> "25"),
                new Series(account, "AzureOpenAIRequests", "tokens", "total", hour -> "40"),
                new Series(account, "ProcessedPromptTokens", "tokens", "total", hour -> "80000"),
                new Series(account, "GeneratedTokens", "tokens", "total", hour -> "9000"));
        metrics(
                "Microsoft.CognitiveServices/accounts",
                days,
                List.of(account),
                List.of("ModelRequests", "InputTokens", "OutputTokens"));
    }

    private static Series used(String resource, String dimension, String percent) {
        return new Series(resource, "GpuUtilizationPercentage", dimension, "average,maximum", hour -> percent);
    }

    private void governance(String subscription) {
        String providers = "/providers/Microsoft.";
        String settings = providers + "Insights/diagnosticSettings";
        String setting = "{\"name\": \"calls\", \"properties\": {\"logs\": []}}";
        azure.list(
                "/subscriptions/" + subscription + providers + "Consumption/budgets",
                "{\"properties\": {\"category\": \"Cost\", \"notifications\": {}}}");
        azure.list(
                "/subscriptions/" + subscription + providers + "CostManagement/scheduledActions",
                "{\"kind\": \"InsightAlert\", \"properties\": {\"status\": \"Enabled\", \"notification\": {\"to\": "
                        + "[]}}}");
        azure.list("/subscriptions/" + subscription + settings, setting);
        azure.list(accountId(subscription).toLowerCase(Locale.ROOT) + settings, setting);
    }

    private void commitments() {
        azure.list("/providers/Microsoft.Capacity/reservations", "{\"id\": \"reservation\", \"properties\": {}}");
        azure.list("/providers/Microsoft.BillingBenefits/savingsPlans", "{\"id\": \"plan\", \"properties\": {}}");
    }

    /**
     * One series of Azure Monitor over the last days: the value of a statistic in each hour; null = a point without a
     * value. A dimension is a deployment of a model, or has its name before it: {@code clustername=gpu-cluster}.
     */
    public record Series(
            String resourceId, String metric, String dimension, String statistic, IntFunction<String> value) {
        public String json(int days) {
            Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(days, ChronoUnit.DAYS);
            StringBuilder points = new StringBuilder();
            for (int hour = 0; hour < days * 24; hour++) {
                points.append(hour == 0 ? "" : ", ")
                        .append("{\"timeStamp\": \"")
                        .append(start.plus(hour, ChronoUnit.HOURS))
                        .append('"');
                String reported = value.apply(hour);
                if (reported != null) {
                    for (String one : statistic.split(",")) {
                        points.append(", \"").append(one).append("\": ").append(reported);
                    }
                }
                points.append('}');
            }
            String split = dimension == null
                    ? ""
                    : Arrays.stream(dimension.split(" "))
                            .map(one ->
                                    one.contains("=") ? one.split("=", 2) : new String[] {"modeldeploymentname", one})
                            .map(one -> "{\"name\": {\"value\": \"" + one[0] + "\"}, \"value\": \"" + one[1] + "\"}")
                            .collect(Collectors.joining(", "));
            return "{\"metadatavalues\": [" + split + "], \"data\": [" + points + "]}";
        }
    }

    /**
     * What Azure Monitor has of resources of a type, whichever is requested. Metrics without a series are there
     * without any.
     */
    public void metrics(String namespace, int days, List<String> resources, List<String> names, Series... series) {
        List<String> values = new ArrayList<>();
        for (String resource : resources) {
            List<String> metrics = new ArrayList<>();
            for (String name : names) {
                String reported = Arrays.stream(series)
                        .filter(one -> one.resourceId().equals(resource)
                                && one.metric().equals(name))
                        .map(one -> one.json(days))
                        .collect(Collectors.joining(", "));
                metrics.add("{\"name\": {\"value\": \"" + name + "\"}, \"errorCode\": \"Success\", \"timeseries\": ["
                        + reported + "]}");
            }
            values.add("{\"resourceid\": \"" + resource + "\", \"value\": [" + String.join(", ", metrics) + "]}");
        }
        for (String name : names) {
            azure.stub(post(urlPathMatching("/metrics/" + REGION + "/subscriptions/.*/metrics:getBatch"))
                    .withQueryParam("metricnamespace", equalToIgnoreCase(namespace))
                    .withQueryParam("metricnames", containing(name))
                    .atPriority(5)
                    .willReturn(okJson("{\"values\": [" + String.join(", ", values) + "]}")));
        }
    }
}
