package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.aiaudit.testing.Outside;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Metrics of accelerators that are not whole, or of an unknown machine. */
@Outside
class AwsAcceleratorsTest extends AwsAnswers {
    /** Four for the machine itself, then average and maximum of each accelerator. */
    @Test
    void a_machine_of_which_one_accelerator_answers_is_not_idle() throws Exception {
        String machine = "i-0aaaaaaaaaaaaaaaa";
        aws.stubFor(query("DescribeInstances").willReturn(instances(machine, "g4dn.12xlarge", "")));
        aws.stubFor(query("ListMetrics").willReturn(listedMetrics("")));
        aws.stubFor(query("ListMetrics")
                .withRequestBody(containing("nvidia_smi_utilization_gpu"))
                .atPriority(0)
                .willReturn(listedMetrics(IntStream.range(0, 4)
                        .mapToObj(index -> published("InstanceId", machine, String.valueOf(index)))
                        .collect(Collectors.joining()))));
        aws.stubFor(query("GetMetricData")
                .willReturn(series(12, i -> i < 6 ? "Complete" : "InternalError", (i, hour) -> i < 6 ? 0 : -1)));
        AwsRun failed = scan(ONE_REGION, savedDays(15));
        assertThat(AwsRun.found(failed.audit(), "gpu-instance-idle")).isEmpty();
        assertThat(gaps(failed.audit()))
                .containsExactly("123456789012/us-east-1 metric gpu_utilization of " + machine
                        + ": CloudWatch did not return nvidia_smi_utilization_gpu in whole: InternalError.");
        assertThat(failed.audit().get("gaps")).as("one for all of them").hasSize(1);
        try (SavedScan saved = saved()) {
            assertThat(saved.average(machine, "gpu_utilization")).isNull();
            assertThat(saved.average(machine, "cpu_utilization")).isZero();
        }
        aws.stubFor(query("GetMetricData")
                .willReturn(series(12, i -> "Complete", (i, hour) -> hour != 7 ? 10 : i == 6 || i == 7 ? -1 : 90)));
        scan(ONE_REGION, savedDays(15));
        try (SavedScan saved = saved()) {
            assertThat(saved.average(machine, "gpu_utilization"))
                    .as("without the hour in which one was not reported")
                    .isCloseTo(0.1, within(1e-9));
        }
    }

    @Test
    void a_host_name_that_two_machines_share_shows_neither() throws Exception {
        List<String> machines = List.of("i-0aaaaaaaaaaaaaaaa", "i-0bbbbbbbbbbbbbbbb");
        String reservations = machines.stream()
                .map(id -> "<item><reservationId>r-1</reservationId><instancesSet><item><instanceId>" + id
                        + "</instanceId><instanceState><code>16</code><name>running</name></"
                        + "instanceState><instanceType>g5.xlarge</instanceType>"
                        + "<privateDnsName>ip-10-0-0-5.ec2.internal</"
                        + "privateDnsName><launchTime>2026-01-01T00:00:00.000Z</launchTime></item></"
                        + "instancesSet></item>")
                .collect(Collectors.joining());
        aws.stubFor(query("DescribeInstances")
                .willReturn(xml(
                        200,
                        "<DescribeInstancesResponse "
                                + "xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</"
                                + "requestId><reservationSet>"
                                + reservations + "</reservationSet></DescribeInstancesResponse>")));
        aws.stubFor(query("ListMetrics").willReturn(listedMetrics("")));
        aws.stubFor(query("ListMetrics")
                .withRequestBody(containing("nvidia_smi_utilization_gpu"))
                .atPriority(0)
                .willReturn(listedMetrics(published("host", "ip-10-0-0-5", "0"))));
        aws.stubFor(query("GetMetricData").willReturn(series(10, i -> "Complete", (i, hour) -> 0)));
        AwsRun run = scan(ONE_REGION, savedDays(15));
        assertThat(AwsRun.found(run.audit(), "gpu-instance-idle")).isEmpty();
        aws.verify(
                0,
                postRequestedFor(anyUrl())
                        .withRequestBody(containing("Action=GetMetricData"))
                        .withRequestBody(containing("nvidia_smi_utilization_gpu")));
    }

    /** Four for the machine itself, then average and maximum of the memory, then of the utilization. */
    @Test
    void a_machine_whose_memory_could_not_be_read_is_not_idle() throws Exception {
        String machine = "i-0aaaaaaaaaaaaaaaa";
        aws.stubFor(query("DescribeInstances").willReturn(instances(machine, "g5.xlarge", "")));
        aws.stubFor(query("ListMetrics").willReturn(listedMetrics("")));
        aws.stubFor(query("ListMetrics")
                .withRequestBody(containing("nvidia_smi_utilization_gpu"))
                .atPriority(0)
                .willReturn(listedMetrics(published("InstanceId", machine, "0"))));
        aws.stubFor(query("GetMetricData").willReturn(series(6, i -> "Complete", (i, hour) -> 0)));
        assertThat(AwsRun.found(scan(ONE_REGION, savedDays(15)).audit(), "gpu-instance-idle"))
                .as("no agent publishes its memory")
                .containsExactly(machine);

        aws.stubFor(query("ListMetrics")
                .withRequestBody(containing("nvidia_smi_memory_used"))
                .atPriority(0)
                .willReturn(stsRefusal(501, "InternalFailure", "down")));
        assertUnread("the list failed", scan(ONE_REGION, savedDays(15)));
        aws.stubFor(query("ListMetrics")
                .withRequestBody(containing("nvidia_smi_memory_used"))
                .atPriority(0)
                .willReturn(stsRefusal(403, "AccessDenied", "no")));
        assertUnread("the list was denied", scan(ONE_REGION, savedDays(15)));

        aws.stubFor(query("ListMetrics")
                .withRequestBody(containing("nvidia_smi_memory_used"))
                .atPriority(0)
                .willReturn(listedMetrics(published("nvidia_smi_memory_used", "InstanceId", machine, "0"))));
        aws.stubFor(query("GetMetricData")
                .willReturn(series(8, i -> i == 4 || i == 5 ? "PartialData" : "Complete", (i, hour) -> 0)));
        assertUnread("its series came in part", scan(ONE_REGION, savedDays(15)));
    }

    private static void assertUnread(String why, AwsRun run) throws Exception {
        assertThat(AwsRun.found(run.audit(), "gpu-instance-idle")).as(why).isEmpty();
        assertThat(run.audit().path("rules").toString())
                .as(why)
                .contains("gpu_memory_used_gib of it could not be read, which may show work");
    }

    private static String published(String dimension, String value, String index) {
        return published("nvidia_smi_utilization_gpu", dimension, value, index);
    }

    private static String published(String metric, String dimension, String value, String index) {
        return "<member><Namespace>CWAgent</Namespace><MetricName>" + metric
                + "</MetricName><Dimensions><member><Name>"
                + dimension + "</Name><Value>" + value
                + "</Value></member><member><Name>index</Name><Value>" + index
                + "</Value></member></Dimensions></member>";
    }

    private static ResponseDefinitionBuilder listedMetrics(String members) {
        return xml(
                200,
                "<ListMetricsResponse "
                        + "xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><ListMetricsResult><Metrics>"
                        + members + "</Metrics></ListMetricsResult></ListMetricsResponse>");
    }
}
