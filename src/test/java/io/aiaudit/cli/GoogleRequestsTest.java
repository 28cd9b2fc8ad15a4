package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many requests a scan takes. */
@Outside
class GoogleRequestsTest {
    private static final int MACHINES = 1000;
    private static final int HOURS = 14 * 24;

    /** As many points are on a page of Cloud Monitoring, so a metric of all machines has four of them. */
    private static final int POINTS_OF_A_PAGE = 100_000;

    private static final int PAGES = (MACHINES * HOURS + POINTS_OF_A_PAGE - 1) / POINTS_OF_A_PAGE;

    @Test
    void a_thousand_machines_with_two_weeks_of_metrics_take_far_less_than_one_request_each(@TempDir Path folder)
            throws Exception {
        try (GoogleServer google = GoogleServer.start()) {
            GoogleProject project = new GoogleProject(google, GoogleServer.PROJECT).empty();
            ObjectNode machine = GoogleProject.inIowa(GoogleProject.machine("m", "1", "a2-highgpu-1g"));
            List<ObjectNode> machines = new ArrayList<>();
            for (int i = 0; i < MACHINES; i++) {
                machines.add(machine.deepCopy().put("name", "m" + i).put("id", String.valueOf(10_000 + i)));
            }
            project.machines(null, "second", machines.subList(0, 500).toArray(ObjectNode[]::new))
                    .machines("second", null, machines.subList(500, MACHINES).toArray(ObjectNode[]::new));
            for (int page = 0; page < PAGES; page++) {
                metrics(google, page);
            }
            GoogleRun run =
                    GoogleRun.scan(google, folder, "", OneRule.with("--window", "2026-06-01/2026-06-15", "-f", "json"));
            assertThat(run.exitCode()).as(run::err).isZero();
            JsonNode audit = run.audit();
            assertThat(AwsRun.each(audit.get("resources")).count()).isEqualTo(MACHINES);
            long all = audit.at("/scan_cost/gcp_requests").asLong();
            assertThat(GoogleRun.requests(audit, "GET:/compute/v1/projects/{project}/aggregated/instances"))
                    .isEqualTo(2);
            // 8 requests for 5 metrics, of which 3 are requested with their maximum too; 3 for models
            assertThat(GoogleRun.requests(audit, "GET:/v3/projects/{project}/timeSeries"))
                    .isEqualTo(8L * PAGES + 3L * PAGES);
            assertThat(all / (double) MACHINES)
                    .as("requests for each machine: %s", all)
                    .isLessThan(0.08);
        }
    }

    /** One page of any metric: a point each of some machines, as their number is what matters here. */
    private static void metrics(GoogleServer google, int page) {
        String series = IntStream.range(0, MACHINES / PAGES)
                .mapToObj(i -> GoogleProject.oneSeries(
                        "",
                        "\"instance_id\": \"" + (10_000 + page * MACHINES / PAGES + i) + "\"",
                        Instant.parse("2026-06-14T23:00:00Z"),
                        1,
                        "\"doubleValue\": 0.5"))
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
        google.wireMock()
                .stubFor(get(urlPathEqualTo("/v3/projects/" + GoogleServer.PROJECT + "/timeSeries"))
                        .withQueryParam("pageToken", page == 0 ? absent() : equalTo("page-" + page))
                        .atPriority(2)
                        .willReturn(okJson("{\"timeSeries\": [" + series + "]"
                                + (page + 1 < PAGES ? ", \"nextPageToken\": \"page-" + (page + 1) + "\"" : "") + "}")));
    }
}
