package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * A thousand machines with a point in each hour of every series; docs/performance.md has the figures. The machines are
 * moto's. It takes hours to look up so many points, so they are answered here, in pages of as many points as
 * CloudWatch has in one.
 */
@Tag("benchmark")
@Outside
class AwsPerformanceTest {
    private static final int MACHINES = 1000;
    private static final int HOURS = 14 * 24;

    @TempDir
    private Path folder;

    /**
     * CloudWatch in front of moto's machines: the agent publishes one accelerator of each, and every second machine
     * does nothing.
     */
    private static final class Points implements ResponseTransformerV2 {
        /** CloudWatch's own limit of a page. */
        private static final int POINTS_PER_PAGE = 100_800;

        private static final int METRICS_PER_PAGE = 500;

        private List<String> machines = List.of();
        private long points;

        @Override
        public String getName() {
            return "points";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public Response transform(Response response, ServeEvent event) {
            Map<String, String> form = form(event.getRequest().getBodyAsString());
            String operation = form.get("Action");
            String body = operation.equals("ListMetrics") ? metrics(form) : data(form);
            return Response.Builder.like(response)
                    .but()
                    .body("<" + operation + "Response xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><"
                            + operation + "Result>" + body + "</" + operation + "Result></" + operation + "Response>")
                    .build();
        }

        private static Map<String, String> form(String body) {
            Map<String, String> form = new HashMap<>();
            for (String pair : body.split("&")) {
                int equals = pair.indexOf('=');
                form.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
            return form;
        }

        private String metrics(Map<String, String> form) {
            String name = form.get("MetricName");
            if (!name.startsWith("nvidia_smi_")) {
                return "<Metrics/>";
            }
            int from = Integer.parseInt(form.getOrDefault("NextToken", "0"));
            int to = Math.min(machines.size(), from + METRICS_PER_PAGE);
            StringBuilder reported = new StringBuilder("<Metrics>");
            machines.subList(from, to)
                    .forEach(machine -> reported.append("<member><Namespace>CWAgent</Namespace><MetricName>")
                            .append(name)
                            .append("</MetricName><Dimensions><member><Name>InstanceId</Name><Value>")
                            .append(machine)
                            .append("</Value></member><member><Name>index</Name><Value>0</Value></member></"
                                    + "Dimensions></member>"));
            reported.append("</Metrics>");
            return reported + (to < machines.size() ? "<NextToken>" + to + "</NextToken>" : "");
        }

        private synchronized String data(Map<String, String> form) {
            Instant start = Instant.parse(form.get("StartTime"));
            int hours = (int)
                    Duration.between(start, Instant.parse(form.get("EndTime"))).toHours();
            int first = Integer.parseInt(form.getOrDefault("NextToken", "1"));
            int behind = first + POINTS_PER_PAGE / hours;
            StringBuilder reported = new StringBuilder("<MetricDataResults>");
            int query = first;
            while (query < behind && form.containsKey(member(query) + "Id")) {
                points += hours;
                reported.append("<member><Id>")
                        .append(form.get(member(query) + "Id"))
                        .append("</Id><StatusCode>Complete</StatusCode>");
                reported.append("<Timestamps>");
                for (int hour = 0; hour < hours; hour++) {
                    reported.append("<member>")
                            .append(start.plus(Duration.ofHours(hour)))
                            .append("</member>");
                }
                reported.append("</Timestamps><Values>")
                        .append(("<member>" + value(form, query) + "</member>").repeat(hours))
                        .append("</Values></member>");
                query++;
            }
            reported.append("</MetricDataResults>");
            return reported + (form.containsKey(member(query) + "Id") ? "<NextToken>" + query + "</NextToken>" : "");
        }

        private static String member(int query) {
            return "MetricDataQueries.member." + query + ".";
        }

        private String value(Map<String, String> form, int query) {
            String stat = member(query) + "MetricStat.Metric.";
            // What moves while a machine works; memory in use does not.
            boolean work = !form.get(stat + "MetricName").contains("memory");
            String machine = form.get(stat + "Dimensions.member.1.Value");
            return work && isIdle(machine) ? "0" : "70";
        }

        boolean isIdle(String machine) {
            return machines.indexOf(machine) % 2 == 0;
        }
    }

    @Test
    void a_thousand_machines_with_points_take_few_requests() throws Exception {
        Points points = new Points();
        try (AwsServer aws = new AwsServer(points)) {
            aws.reset();
            new MotoCompany(aws.moto()).fillMachines("us-east-1", MACHINES);
            points.machines =
                    aws.moto().client(Ec2Client.builder(), "us-east-1").describeInstances().reservations().stream()
                            .flatMap(reservation -> reservation.instances().stream())
                            .map(instance -> instance.instanceId())
                            .toList();
            for (String operation : List.of("ListMetrics", "GetMetricData")) {
                aws.answer(
                        AwsServer.form(operation),
                        aResponse().withHeader("Content-Type", "text/xml").withTransformers("points"));
            }
            whatMotoLacks(aws);
            long began = System.nanoTime();
            AwsRun run =
                    AwsRun.of(aws.address(), folder, "aws: {regions: [us-east-1]}\n", "--days", "14", "-f", "json");
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            JsonNode audit = run.audit();
            assertThat(AwsRun.found(audit, "gpu-instance-idle"))
                    .as("every second machine")
                    .hasSize(MACHINES / 2);
            long series = MACHINES * 8L;
            assertThat(points.points).isEqualTo(series * HOURS);
            assertThat(AwsRun.requests(audit, "CloudWatch.GetMetricData"))
                    .as("500 series a request, and 300 of them with 336 points in a page")
                    .isEqualTo(series / 500 * 2);
            long requests = audit.at("/scan_cost/aws_requests").asLong();
            Map<String, Long> byOperation = new TreeMap<>();
            audit.at("/scan_cost/aws_requests_by_operation")
                    .properties()
                    .forEach(entry ->
                            byOperation.put(entry.getKey(), entry.getValue().asLong()));
            System.out.printf(
                    "%,d machines, %,d series, %,d points: %d requests (1 for %.1f machines), $%s, %.1f s%n%s%n",
                    MACHINES,
                    series,
                    points.points,
                    requests,
                    (double) MACHINES / requests,
                    audit.at("/scan_cost/aws_usd").asText(),
                    took.toMillis() / 1000.0,
                    byOperation);
            assertThat(requests).as("a tenth of one for each machine").isLessThan(MACHINES / 10);
        }
    }

    /** Of an account without such things; moto fails, and each failure would be tried five times. */
    private static void whatMotoLacks(AwsServer aws) {
        Map.of(
                        "ListExports", "{\"Exports\": []}",
                        "DescribeReportDefinitions", "{\"ReportDefinitions\": []}",
                        "GetProducts", "{\"PriceList\": []}",
                        "GetEnrollmentStatus", "{\"status\": \"Inactive\"}",
                        "ListEnrollmentStatuses", "{\"items\": []}")
                .forEach((operation, answer) -> aws.answer(AwsServer.target(operation), AwsServer.json(answer)));
        aws.answer(AwsServer.body("/DescribeSavingsPlans"), AwsServer.json("{\"savingsPlans\": []}"));
        Map.of(
                        "DescribeReservedInstances",
                        "reservedInstancesSet",
                        "DescribeCapacityReservations",
                        "capacityReservationSet")
                .forEach((operation, set) -> aws.answer(
                        AwsServer.form(operation),
                        AwsServer.xml("<" + operation + "Response><requestId>r</requestId><" + set + "/></" + operation
                                + "Response>")));
    }
}
