package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** What moto cannot do: answers in the shapes that AWS documents. */
abstract class AwsAnswers extends AwsTest {
    /** An operation of a service of the JSON protocol. */
    static MappingBuilder json(String operation) {
        return AwsServer.target(operation);
    }

    /** An operation of a service of the query protocol. */
    static MappingBuilder query(String operation) {
        return AwsServer.form(operation);
    }

    static ResponseDefinitionBuilder refusal(int status, String code, String message) {
        return AwsServer.refusal(status, code, message);
    }

    static ResponseDefinitionBuilder denied(String action) {
        return refusal(400, "AccessDeniedException", "User is not authorized to perform: " + action);
    }

    static ResponseDefinitionBuilder ec2Refusal(int status, String code, String message) {
        return xml(
                status,
                "<Response><Errors><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error></Errors><RequestID>r</RequestID></Response>");
    }

    static ResponseDefinitionBuilder stsRefusal(int status, String code, String message) {
        return xml(
                status,
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>"
                        + code + "</Code><Message>" + message
                        + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
    }

    static ResponseDefinitionBuilder xml(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/xml")
                .withBody(body);
    }

    static ResponseDefinitionBuilder answer(String body) {
        return AwsServer.json(body);
    }

    static void twoPages(String operation, String list) {
        aws.stubFor(json(operation).willReturn(answer("{\"" + list + "\": [], \"NextToken\": \"second\"}")));
        aws.stubFor(json(operation)
                .withRequestBody(containing("second"))
                .atPriority(0)
                .willReturn(answer("{\"" + list + "\": []}")));
    }

    static ResponseDefinitionBuilder instances(String id, String next) {
        return instances(id, "g5.xlarge", next);
    }

    static ResponseDefinitionBuilder instances(String id, String type, String next) {
        return xml(200, """
                <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</\
                requestId><reservationSet><item>
                  <reservationId>r-1</reservationId><instancesSet><item><instanceId>%s</\
                instanceId><instanceState><code>16</code><name>running</name></instanceState>
                  <instanceType>%s</instanceType><launchTime>2026-01-01T00:00:00.000Z</launchTime></item></\
                instancesSet></item></reservationSet>%s</DescribeInstancesResponse>""".formatted(id, type, next));
    }

    /** Of the first series that is requested; in pages that belong together. */
    static ResponseDefinitionBuilder metricData(String state, String next, String time, int value) {
        return xml(200, """
                <GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/\
                "><GetMetricDataResult><MetricDataResults><member>
                  <Id>q0</Id><Label>CPUUtilization</Label><StatusCode>%s</StatusCode><Timestamps><member>%s</member></\
                Timestamps><Values><member>%d</member></Values>
                  </member></MetricDataResults>%s</GetMetricDataResult></\
                GetMetricDataResponse>""".formatted(state, time, value, next));
    }

    /** Series of the request by their numbers, each with the hours of 15 days. */
    static ResponseDefinitionBuilder series(int count, IntFunction<String> state, IntBinaryOperator value) {
        Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(15));
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < count; i++) {
            StringBuilder times = new StringBuilder();
            StringBuilder values = new StringBuilder();
            for (int hour = 0; hour < 360; hour++) {
                int one = value.applyAsInt(i, hour);
                if (one >= 0) {
                    times.append("<member>")
                            .append(start.plus(Duration.ofHours(hour)))
                            .append("</member>");
                    values.append("<member>").append(one).append("</member>");
                }
            }
            members.append(("<member><Id>q%d</Id><Label>m</Label><StatusCode>%s</StatusCode><Timestamps>%s</"
                            + "Timestamps><Values>%s</Values></member>")
                    .formatted(i, state.apply(i), times, values));
        }
        return xml(
                200,
                "<GetMetricDataResponse "
                        + "xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/"
                        + "\"><GetMetricDataResult><MetricDataResults>"
                        + members + "</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>");
    }

    static Set<String> gaps(JsonNode audit) {
        return AwsRun.each(audit.get("gaps"))
                .map(gap ->
                        gap.get("scope").asText() + ": " + gap.get("problem").asText())
                .collect(Collectors.toSet());
    }
}
