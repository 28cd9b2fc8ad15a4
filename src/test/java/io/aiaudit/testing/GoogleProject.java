package io.aiaudit.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What the services of Google answer about a project: recorded answers, and answers derived from them with
 * accelerators, which no recording has.
 */
public final class GoogleProject {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WireMockServer google;
    private final String id;

    public GoogleProject(GoogleServer google, String id) {
        this.google = google.wireMock();
        this.id = id;
    }

    /** A project in which there is nothing. */
    public GoogleProject empty() {
        google.stubFor(any(anyUrl()).atPriority(10).willReturn(okJson("{}")));
        saysItsKind("/compute/v1/projects/" + id + "/.*", "compute#list");
        saysItsKind("/bigquery/v2/projects/" + id + "/datasets", "bigquery#datasetList");
        saysItsKind("/bigquery/v2/projects/" + id + "/datasets/.*/tables", "bigquery#tableList");
        google.stubFor(get(urlPathMatching("/v1/services/.*/skus")) // a catalog always sells something
                .atPriority(9)
                .willReturn(okJson("{\"skus\": [{\"skuId\": \"A1B2-C3D4-E5F6\"}]}")));
        google.stubFor(get(urlPathEqualTo("/v1/projects/" + id + "/billingInfo"))
                .atPriority(9)
                .willReturn(okJson("{\"name\": \"projects/" + id + "/billingInfo\"}")));
        google.stubFor(post(urlPathMatching("/v3/[a-z]+/[^/]+:getIamPolicy")) // a policy of nothing
                .atPriority(9)
                .willReturn(okJson("{\"etag\": \"ACAB\"}")));
        google.stubFor(get(urlPathEqualTo("/v3/projects/" + id))
                .willReturn(okJson("{\"name\": \"projects/1098479648729\", \"projectId\": \"" + id
                        + "\", \"displayName\": \"The " + id + "\", \"state\": \"ACTIVE\"}")));
        return this;
    }

    /** Of services whose answers have a kind even where there is nothing. */
    private void saysItsKind(String path, String kind) {
        google.stubFor(get(urlPathMatching(path)).atPriority(9).willReturn(okJson("{\"kind\": \"" + kind + "\"}")));
    }

    /** The body of a recorded answer. */
    public static JsonNode recorded(String file) throws IOException {
        return JSON.readTree(Needs.fixture("gcp/" + file).toFile()).get("body");
    }

    public static ObjectNode recordedInstance() throws IOException {
        return (ObjectNode)
                recorded("filter-metrics/get-compute-v1-projects-cloud-custodian-aggregated-instances_1.json")
                        .at("/items/zones~1us-east4-c/instances/0");
    }

    /** Derived: the recorded machine as another type in another zone. */
    public static ObjectNode machine(String name, String number, String type) throws IOException {
        ObjectNode machine = recordedInstance();
        machine.put("name", name).put("id", number);
        machine.put("machineType", machine.get("machineType").asText().replace("e2-micro", type));
        return machine;
    }

    /** Derived: the same in a zone of Iowa. */
    public static ObjectNode inIowa(ObjectNode machine) throws IOException {
        return (ObjectNode) JSON.readTree(machine.toString().replace("us-east4-c", "us-central1-a"));
    }

    /** Derived: with accelerators that are attached to it. */
    public static ObjectNode withAttached(ObjectNode machine, String type, int count) {
        machine.putArray("guestAccelerators")
                .addObject()
                .put("acceleratorType", machine.get("zone").asText() + "/acceleratorTypes/" + type)
                .put("acceleratorCount", count);
        return machine;
    }

    /** One page of machines; {@code next} is null at the last one, {@code token} at the first. */
    public GoogleProject machines(String token, String next, ObjectNode... machines) {
        ObjectNode page = JSON.createObjectNode();
        ArrayNode list = page.putObject("items").putObject("zones/us-east4-c").putArray("instances");
        for (ObjectNode machine : machines) {
            list.add(machine);
        }
        if (next != null) {
            page.put("nextPageToken", next);
        }
        google.stubFor(list("/compute/v1/projects/" + id + "/aggregated/instances")
                .withQueryParam("pageToken", token == null ? absent() : equalTo(token))
                .willReturn(okJson(page.toString())));
        writes(machines);
        return this;
    }

    /** A running machine has a series of its processors; without points here, unless a test has some. */
    private void writes(ObjectNode... machines) {
        String series = Arrays.stream(machines)
                .map(machine -> oneSeries("", "\"instance_id\": " + machine.get("id"), Instant.EPOCH, 0, ""))
                .collect(Collectors.joining(","));
        google.stubFor(list("/v3/projects/" + id + "/timeSeries")
                .withQueryParam("filter", containing("instance/cpu/utilization\""))
                .atPriority(3)
                .willReturn(okJson("{\"timeSeries\": [" + series + "]}")));
    }

    public GoogleProject answers(String path, String json) {
        google.stubFor(list(path).willReturn(okJson(json)));
        return this;
    }

    public GoogleProject posts(String path, String json) {
        google.stubFor(post(urlPathEqualTo(path)).atPriority(2).willReturn(okJson(json)));
        return this;
    }

    /** Derived: what the catalog has of something that is sold by its time. */
    public static String sku(String description, String usage, String region, String unit, int nanos) {
        return """
                {"description": "%s", "category": {"resourceFamily": "Compute", "usageType": "%s"}, "serviceRegions": \
                ["%s"],
                 "pricingInfo": [{"pricingExpression": {"usageUnit": "%s", "tieredRates": [
                   {"startUsageAmount": 0, "unitPrice": {"currencyCode": "USD", "units": "0", "nanos": \
                %d}}]}}]}""".formatted(description, usage, region, unit, nanos);
    }

    public GoogleProject refuses(String path, int status, String word, String reason, String message) {
        google.stubFor(list(path).willReturn(refusal(status, word, reason, message)));
        return this;
    }

    public static ResponseDefinitionBuilder refusal(int status, String word, String reason, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody("""
                        {"error": {"code": %d, "message": "%s", "status": "%s", "details": [
                          {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "%s", "domain": \
                        "googleapis.com"}]}}""".formatted(status, message, word, reason));
    }

    private static MappingBuilder list(String path) {
        return get(urlPathEqualTo(path)).atPriority(2);
    }

    /** Series of a metric; those that are missing were never written in the project. */
    public GoogleProject series(String type, String aligner, String... series) {
        google.stubFor(list("/v3/projects/" + id + "/timeSeries")
                .withQueryParam("filter", containing(type + "\""))
                .withQueryParam("aggregation.perSeriesAligner", equalTo(aligner))
                .willReturn(okJson("{\"timeSeries\": [" + String.join(",", series) + "]}")));
        return this;
    }

    public GoogleProject neverWrote(String type) {
        google.stubFor(list("/v3/projects/" + id + "/timeSeries")
                .withQueryParam("filter", containing("\"" + type + "\""))
                .willReturn(refusal(404, "NOT_FOUND", "NOT_FOUND", "Cannot find metric(s) that match type")));
        return this;
    }

    /**
     * One series with a value for each hour, as Monitoring lists them: the newest first, each by the end of its hour.
     */
    public static String oneSeries(String metricLabels, String resourceLabels, Instant from, int hours, String value) {
        StringBuilder points = new StringBuilder();
        for (int hour = hours; hour >= 1; hour--) {
            Instant end = from.plus(hour, ChronoUnit.HOURS);
            points.append(points.isEmpty() ? "" : ",")
                    .append("{\"interval\": {\"startTime\": \"" + end + "\", \"endTime\": \"" + end
                            + "\"}, \"value\": {" + value + "}}");
        }
        return "{\"metric\": {\"labels\": {" + metricLabels + "}}, \"resource\": {\"labels\": {" + resourceLabels
                + "}}, \"points\": [" + points + "]}";
    }
}
