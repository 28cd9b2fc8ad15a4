package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Moto;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Slow;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Most members of what AWS answers are optional. One that is missing in one object costs that object at most: nothing
 * else is lost, and nothing fails.
 */
@Outside
@Slow
class AwsEachMemberTest extends AwsReplay {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DocumentBuilderFactory DOCUMENTS = DocumentBuilderFactory.newInstance();
    private static final TransformerFactory TRANSFORMERS = TransformerFactory.newInstance();

    /** By these a scan knows whether an object is one of those that it looks for. */
    private static final Set<String> DECIDING = Set.of(
            "state",
            "State",
            "status",
            "Status",
            "AppName",
            "KeyManager",
            "KeyState",
            "EbsVolumeSizeInGb",
            "resourceArn",
            "instanceArn",
            "serviceName",
            "vpcEndpointType",
            "Ec2InstanceId",
            "spotPrice",
            "Namespace",
            "Name",
            "Value",
            "timestamp",
            "member",
            "item");

    /** Without these of an instance its volume is not read. */
    private static final Set<String> DISKS_TOO = Set.of("instanceId", "instanceType");

    private static final Set<String> ELSEWHERE = Set.of("GetCallerIdentity", "DescribeRegions");

    private static final String ARN = "arn:aws:sagemaker:us-east-1:123456789012:";

    private static void json(String operation, String answer) {
        aws.answer(
                WireMock.post(WireMock.anyUrl())
                        .withHeader(TARGET, WireMock.matching(".*" + operation))
                        .atPriority(1),
                AwsServer.json(answer));
    }

    private static void ec2(String operation, String list, String items) {
        aws.answer(
                AwsServer.form(operation),
                AwsServer.xml(
                        ("<%1$sResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>"
                                        + "<%2$s>%3$s</%2$s></%1$sResponse>")
                                .formatted(operation, list, items)));
    }

    /** What moto does not play: each list with two objects. */
    @Override
    void fill() {
        super.fill();
        MotoCompany company = new MotoCompany(moto);
        company.fillModel("us-east-1", "eu.anthropic.claude-sonnet-4-20250514-v1:0", hour -> 5);
        String reservation = """
                <item><capacityReservationId>cr-%1$s</capacityReservationId><ownerId>123456789012</ownerId>\
                <capacityReservationArn>arn:aws:ec2:us-east-1:123456789012:capacity-reservation/cr-%1$s\
                </capacityReservationArn><availabilityZone>us-east-1a</availabilityZone>\
                <instanceType>p4d.24xlarge</instanceType><totalInstanceCount>2</totalInstanceCount>\
                <availableInstanceCount>2</availableInstanceCount><state>active</state>\
                <reservationType>%2$s</reservationType><startDate>2026-01-10T00:00:00.000Z</startDate>\
                <endDate>2027-01-10T00:00:00.000Z</endDate>\
                <tagSet><item><key>team</key><value>a</value></item></tagSet></item>""";
        ec2(
                "DescribeCapacityReservations",
                "capacityReservationSet",
                reservation.formatted("1", "capacity-block") + reservation.formatted("2", "default"));
        String reserved = """
                <item><reservedInstancesId>ri-%s</reservedInstancesId><instanceType>p4d.24xlarge</instanceType>\
                <start>2026-01-01T00:00:00.000Z</start><end>2027-01-01T00:00:00.000Z</end><duration>31536000</duration>\
                <usagePrice>0.0</usagePrice><fixedPrice>87600.0</fixedPrice><instanceCount>2</instanceCount>\
                <recurringCharges><item><frequency>Hourly</frequency><amount>1.0</amount></item></recurringCharges>\
                <state>active</state><currencyCode>USD</currencyCode></item>""";
        ec2("DescribeReservedInstances", "reservedInstancesSet", reserved.formatted("1") + reserved.formatted("2"));
        json("GetReservationUtilization", """
                {"UtilizationsByTime": [{"Groups": [{"Key": "SUBSCRIPTION_ID", "Value": "1", "Attributes": \
                {"leaseId": "ri-1"}, "Utilization": {"UtilizationPercentage": "50"}}]}]}""");
        json("SageMaker.ListClusters", """
                {"ClusterSummaries": [{"ClusterArn": "%1$scluster/c1", "ClusterName": "hp", "CreationTime": \
                1767225600, "ClusterStatus": "InService"}]}""".formatted(ARN));
        json("SageMaker.DescribeCluster", """
                {"ClusterArn": "%1$scluster/c1", "ClusterName": "hp", "ClusterStatus": "InService", "CreationTime": \
                1767225600, "InstanceGroups": [{"InstanceGroupName": "train", "InstanceType": "ml.p4d.24xlarge", \
                "CurrentCount": 2, "TargetCount": 2, "Status": "InService"}, {"InstanceGroupName": "more", \
                "InstanceType": "ml.g5.xlarge", "CurrentCount": 1, "TargetCount": 1}]}""".formatted(ARN));
        json("SageMaker.ListClusterNodes", """
                {"ClusterNodeSummaries": [{"InstanceGroupName": "train", "InstanceId": "i-1", "InstanceType": \
                "ml.p4d.24xlarge", "LaunchTime": 1767225600, "InstanceStatus": {"Status": "Running"}}]}""");
        json("SageMaker.ListTrainingPlans", """
                {"TrainingPlanSummaries": [{"TrainingPlanArn": "%straining-plan/p", "TrainingPlanName": "p", "Status": \
                "Active", "DurationHours": 1439, "DurationMinutes": 60, "StartTime": 1780272000, "EndTime": \
                1785456000, "UpfrontFee": "144000.00", "CurrencyCode": "USD", "TotalInstanceCount": 4, \
                "AvailableInstanceCount": 3, "InUseInstanceCount": 1, "TargetResources": ["hyperpod-cluster"], \
                "ReservedCapacitySummaries": [{"ReservedCapacityArn": "arn:x", "InstanceType": "ml.p5.48xlarge", \
                "TotalInstanceCount": 4, "Status": "Active"}]}]}""".formatted(ARN));
        json(
                "SageMaker.ListDomains",
                "{\"Domains\": [{\"DomainId\": \"d-1\", \"DomainArn\": \"" + ARN + "domain/d-1\"}]}");
        json("SageMaker.DescribeDomain", """
                {"DomainId": "d-1", "DomainArn": "%sdomain/d-1", "DefaultUserSettings": {"JupyterLabAppSettings": \
                {"AppLifecycleManagement": {"IdleSettings": {"LifecycleManagement": "ENABLED", \
                "IdleTimeoutInMinutes": 120}}}}}""".formatted(ARN));
        String app = """
                {"DomainId": "d-1", "SpaceName": "%1$s", "AppType": "JupyterLab", "AppName": "default", "Status": \
                "InService", "CreationTime": 1767225600, "ResourceSpec": {"InstanceType": "ml.g5.xlarge"}""";
        json("SageMaker.ListApps", "{\"Apps\": [" + app.formatted("a") + "}, " + app.formatted("b") + "}]}");
        for (String space : List.of("a", "b")) {
            aws.answer(
                    AwsServer.target("DescribeApp")
                            .withRequestBody(WireMock.containing("\"SpaceName\":\"" + space + "\""))
                            .atPriority(1),
                    AwsServer.json(app.formatted(space) + ", \"AppArn\": \"" + ARN + "app/d-1/" + space
                            + "/jupyterlab/default\", \"LastUserActivityTimestamp\": 1767225600, "
                            + "\"LastHealthCheckTimestamp\": 1767225700}"));
        }
        String space = """
                {"DomainId": "d-1", "SpaceName": "%s", "Status": "InService", "SpaceSettingsSummary": {"AppType": \
                "JupyterLab", "SpaceStorageSettings": {"EbsStorageSettings": {"EbsVolumeSizeInGb": 100}}}, \
                "OwnershipSettingsSummary": {"OwnerUserProfileName": "ada"}}""";
        json("SageMaker.ListSpaces", "{\"Spaces\": [" + space.formatted("a") + ", " + space.formatted("b") + "]}");
        aws.answer(WireMock.get(urlPathMatching("/inference-profiles.*")).atPriority(1), AwsServer.json("""
                {"inferenceProfileSummaries": [{"inferenceProfileName": "n", "inferenceProfileArn": \
                "arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-20250514-v1:0", \
                "inferenceProfileId": "eu.anthropic.claude-sonnet-4-20250514-v1:0", "status": "ACTIVE", "type": \
                "SYSTEM_DEFINED", "models": [{"modelArn": \
                "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-4-20250514-v1:0"}]}]}"""));
        String units = """
                {"provisionedModelName": "%1$s", "provisionedModelArn": \
                "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/%1$s", "modelArn": \
                "arn:aws:bedrock:us-east-1::foundation-model/m", "foundationModelArn": \
                "arn:aws:bedrock:us-east-1::foundation-model/m", "modelUnits": 2, "desiredModelUnits": 2, "status": \
                "InService", "creationTime": "2026-01-10T10:00:00Z"}""";
        aws.answer(
                AwsServer.path("/provisioned-model-throughputs"),
                AwsServer.json("{\"provisionedModelSummaries\": [" + units.formatted("one") + ", "
                        + units.formatted("two") + "]}"));
        String plan = """
                {"savingsPlanId": "%1$s", "savingsPlanArn": "arn:aws:savingsplans::123456789012:savingsplan/%1$s", \
                "start": "2025-10-01T00:00:00.000Z", "end": "2027-10-01T00:00:00.000Z", "state": "active", "currency": \
                "USD", "savingsPlanType": "SageMaker", "commitment": "9.40"}""";
        aws.answer(
                AwsServer.body("/DescribeSavingsPlans"),
                AwsServer.json("{\"savingsPlans\": [" + plan.formatted("a") + ", " + plan.formatted("b") + "]}"));
        json("GetSavingsPlansUtilizationDetails", """
                {"SavingsPlansUtilizationDetails": [{"SavingsPlanArn": \
                "arn:aws:savingsplans::123456789012:savingsplan/a", "Utilization": {"UtilizationPercentage": "50"}}], \
                "TimePeriod": {"Start": "2026-06-01", "End": "2026-07-01"}}""");
        json("GetEnrollmentStatus", "{\"status\": \"Active\"}");
        json("ListEnrollmentStatuses", "{\"items\": [{\"accountId\": \"123456789012\", \"status\": \"Active\"}]}");
        String machine = moto.client(Ec2Client.builder(), "us-east-1")
                .describeInstances(request -> {})
                .reservations()
                .get(0)
                .instances()
                .get(0)
                .instanceId();
        String arn = "arn:aws:ec2:us-east-1:123456789012:instance/" + machine;
        json("GetEC2InstanceRecommendations", """
                {"instanceRecommendations": [{"instanceArn": "%s", "currentInstanceType": "g4dn.xlarge", "finding": \
                "OVER_PROVISIONED", "recommendationOptions": [{"instanceType": "g4dn.2xlarge", "rank": 2, \
                "savingsOpportunity": {"estimatedMonthlySavings": {"currency": "USD", "value": 1}}}]}], "errors": \
                []}""".formatted(arn));
        json("GetIdleRecommendations", """
                {"idleRecommendations": [{"resourceArn": "%s", "finding": "Idle", "findingDescription": "Idle.", \
                "savingsOpportunity": {"estimatedMonthlySavings": {"currency": "USD", "value": \
                430.0}}}]}""".formatted(arn));
        json("ListRecommendations", """
                {"items": [{"recommendationId": "r", "resourceId": "%1$s", "resourceArn": "%2$s", \
                "estimatedMonthlySavings": 428.00, "currencyCode": "USD", "actionType": "Stop", "source": \
                "ComputeOptimizer", "currentResourceSummary": "a", "recommendedResourceSummary": \
                "b"}]}""".formatted(machine, arn));
        ec2("DescribeSpotPriceHistory", "spotPriceHistorySet", """
                <item><instanceType>g5.xlarge</instanceType><availabilityZone>a</availabilityZone>\
                <spotPrice>0.4</spotPrice><timestamp>%sT00:00:00.000Z</timestamp>\
                </item>""".formatted(LocalDate.now(ZoneOffset.UTC)));
        Ec2Client client = moto.client(Ec2Client.builder(), "us-east-1");
        client.createVpcEndpoint(request -> request.vpcId(
                        client.describeVpcs(vpcs -> {}).vpcs().get(0).vpcId())
                .vpcEndpointType("Interface")
                .serviceName("com.amazonaws.us-east-1.bedrock-runtime"));
        moto.client(CloudWatchLogsClient.builder(), "us-east-1")
                .createLogGroup(
                        request -> request.logGroupName("/aws/bedrock/calls").tags(Map.of("team", "a")));
        KmsClient kms = moto.client(KmsClient.builder(), "us-east-1");
        String key = kms.createKey(request -> request.description("old models"))
                .keyMetadata()
                .keyId();
        kms.disableKey(request -> request.keyId(key));
    }

    /** What a slice hands over, read on its own beside everything that the scan knows. */
    private Gathered read(Slice slice, Gathered known) {
        return reading(collector -> {
            collector.accounts(gap -> {});
            if (slice.dataset() == Slice.Dataset.GOVERNANCE) {
                collector.plan(Moto.ACCOUNT, window()); // facts of an account are in its regions
            }
            Gathered landed = new Gathered();
            collector.collect(slice, window(), kind -> ofKind(known, kind), landed);
            return landed;
        });
    }

    private static List<Resource> ofKind(Gathered known, String kind) {
        return known.resources.stream()
                .filter(resource -> resource.kind().equals(kind))
                .toList();
    }

    private List<Slice> slices() {
        return reading(collector -> {
            collector.accounts(gap -> {});
            return collector.plan(Moto.ACCOUNT, window());
        });
    }

    @Test
    void a_member_that_is_missing_fails_nothing_and_loses_no_other_object() throws Exception {
        Gathered known = gather();
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (Slice slice : slices()) {
            if (slice.dataset() != Slice.Dataset.BILLING) {
                tried += eachMember(slice, known, wrong);
            }
        }
        assertThat(tried).isGreaterThan(300);
        assertThat(wrong).isEmpty();
    }

    /** How many members there are in the responses that a slice reads. */
    private int eachMember(Slice slice, Gathered known, List<String> wrong) throws Exception {
        aws.wireMock().resetRequests();
        Gathered whole = read(slice, known);
        Set<String> tried = new TreeSet<>();
        for (ServeEvent event : List.copyOf(aws.wireMock().getAllServeEvents())) {
            String operation = operation(event.getRequest());
            String body = event.getResponse().getBodyAsString();
            if (event.getResponse().getStatus() != 200 || body.isEmpty() || ELSEWHERE.contains(operation)) {
                continue;
            }
            for (String member : members(body)) {
                if (tried.add(operation + " " + member)) {
                    String without = without(body, member);
                    fail(
                            same(event.getRequest()).atPriority(0),
                            body.startsWith("{") ? AwsServer.json(without) : AwsServer.xml(without));
                    wrong(slice, known, whole, member)
                            .ifPresent(what -> wrong.add(slice + " " + operation + " " + member + ": " + what));
                    heal();
                }
            }
        }
        return tried.size();
    }

    /** What a slice does wrong where a member is missing. */
    private Optional<String> wrong(Slice slice, Gathered known, Gathered whole, String member) {
        Gathered faulty;
        try {
            faulty = read(slice, known);
        } catch (IllegalStateException e) {
            return Optional.of(e.getCause() + " at " + e.getCause().getStackTrace()[0]);
        }
        Set<String> lost = names(whole);
        lost.removeAll(names(faulty));
        String name = member.substring(member.lastIndexOf('/') + 1);
        boolean reported = faulty.gaps.size() > whole.gaps.size();
        if (lost.isEmpty() || ((reported || DECIDING.contains(name)) && (isOfOne(lost) || DISKS_TOO.contains(name)))) {
            return Optional.empty();
        }
        return Optional.of("lost " + lost + (reported ? "" : " silently"));
    }

    /** Of what was handed over, by ids. */
    private static Set<String> names(Gathered gathered) {
        Set<String> names = new TreeSet<>();
        gathered.resources.forEach(resource -> names.add(resource.resourceId()));
        gathered.commitments.forEach(commitment -> names.add(commitment.commitmentId()));
        gathered.advice.forEach(advice -> names.add("advice on " + advice.resourceId()));
        return names;
    }

    /** An object, and what is below it. */
    private static boolean isOfOne(Set<String> lost) {
        return lost.stream().allMatch(name -> name.startsWith(lost.iterator().next()));
    }

    private static String operation(LoggedRequest request) {
        if (request.containsHeader(TARGET)) {
            return request.getHeader(TARGET);
        }
        String body = request.getBodyAsString();
        return body.contains("Action=")
                ? body.replaceFirst("(?s).*Action=([A-Za-z]+).*", "$1")
                : request.getUrl().replaceFirst("[?].*", "");
    }

    /** The path of each value in the first object of each list. */
    private static Set<String> members(String body) throws Exception {
        Set<String> members = new TreeSet<>();
        if (body.startsWith("{")) {
            json(JSON.readTree(body), "", members);
        } else {
            xml(parse(body).getDocumentElement(), "", members);
        }
        return members;
    }

    private static void json(JsonNode node, String path, Set<String> members) {
        if (node.isArray()) {
            if (!node.isEmpty()) {
                json(node.get(0), path + "/0", members);
            }
        } else if (node.isObject()) {
            node.properties().forEach(field -> json(field.getValue(), path + "/" + field.getKey(), members));
        } else {
            members.add(path);
        }
    }

    private static void xml(Element element, String path, Set<String> members) {
        Set<String> seen = new TreeSet<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && seen.add(child.getNodeName())) {
                xml(child, path + "/" + child.getNodeName(), members);
            }
        }
        if (seen.isEmpty()) {
            members.add(path);
        }
    }

    private static String without(String body, String path) throws Exception {
        String parent = path.substring(0, path.lastIndexOf('/'));
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (body.startsWith("{")) {
            JsonNode tree = JSON.readTree(body);
            if (tree.at(parent) instanceof ObjectNode object) {
                object.remove(name);
            } else {
                ((ArrayNode) tree.at(parent)).remove(0);
            }
            return tree.toString();
        }
        Document document = parse(body);
        Element element = document.getDocumentElement();
        for (String each : path.substring(1).split("/")) {
            element = child(element, each);
        }
        element.getParentNode().removeChild(element);
        StringWriter text = new StringWriter();
        TRANSFORMERS.newTransformer().transform(new DOMSource(document), new StreamResult(text));
        return text.toString();
    }

    private static Element child(Element element, String name) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getNodeName().equals(name)) {
                return child;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static Document parse(String body) throws Exception {
        return DOCUMENTS.newDocumentBuilder().parse(new InputSource(new StringReader(body.strip())));
    }
}
