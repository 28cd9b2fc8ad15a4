package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One scan of AWS, Azure and Google Cloud. */
@Outside
class ThreeCloudsTest {
    /** Each answer takes so long. */
    private static final int DELAY_MILLIS = 200;

    @Test
    void three_clouds_give_one_report_in_one_currency_nearer_to_the_time_of_the_slowest_than_to_the_sum(
            @TempDir Path folder) throws Exception {
        try (AwsServer aws = new AwsServer();
                AzureServer azure = AzureServer.start();
                GoogleServer google = GoogleServer.start()) {
            aws.reset();
            new MotoCompany(aws.moto()).fillMachines("eu-west-1", 1);
            machinesOnly(aws);
            AzureTenant tenant = new AzureTenant(azure);
            tenant.subscription(AzureTenant.SHOP, "shop");
            tenant.graph(
                    AzureTenant.SHOP,
                    "microsoft.compute/virtualmachines'",
                    AzureTenant.machine(AzureTenant.SHOP, "vm-shop", "Standard_NC24ads_A100_v4", "running"));
            new GoogleProject(google, GoogleServer.PROJECT)
                    .empty()
                    .machines(null, null, GoogleProject.inIowa(GoogleProject.machine("train", "11", "a2-highgpu-1g")));
            google.logIn(Path.of(System.getProperty("user.home")));
            Path file = Files.writeString(
                    folder.resolve("aiaudit.yaml"),
                    """
                    currency: EUR
                    exchange_rates: [{from: USD, to: EUR, rate: 0.8, date: 2026-06-01}]
                    aws: {regions: [eu-west-1]}
                    """ + azure.configuration("") + google.configuration("locations: [us-central1]\n"));
            scan(aws, file); // loads what is slow to load
            List<WireMockServer> servers = List.of(aws.wireMock(), azure.wireMock(), google.wireMock());
            servers.forEach(server -> {
                server.resetRequests();
                server.setGlobalFixedDelay(DELAY_MILLIS);
            });
            AwsRun run = scan(aws, file);

            assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
            JsonNode audit = run.audit();
            assertThat(audit.get("currency").asText()).isEqualTo("EUR");
            // 1.123, 4.775 and 3.67339 dollars
            assertThat(eurosAnHour(audit, "worker", "aws")).isEqualByComparingTo("0.8984");
            assertThat(eurosAnHour(audit, "vm-shop", "azure")).isEqualByComparingTo("3.82");
            assertThat(eurosAnHour(audit, "train", "gcp")).isEqualByComparingTo("2.9387");
            List<Long> each =
                    servers.stream().map(server -> answering(Stream.of(server))).toList();
            long together = answering(servers.stream());
            long slowest = Collections.max(each);
            long sum = each.stream().mapToLong(Long::longValue).sum();
            assertThat(together)
                    .as("milliseconds in which somebody answered: %s of the clouds, %s together", each, together)
                    .isLessThan((slowest + sum) / 2);
        }
    }

    /**
     * What moto has no answer to is requested again and again: all but EC2 and the like is refused, so that AWS is not
     * the slowest.
     */
    private static void machinesOnly(AwsServer aws) {
        ResponseDefinitionBuilder refusal = AwsServer.refusal(400, "AccessDeniedException", "not allowed");
        aws.answer(post(anyUrl()).withHeader("X-Amz-Target", matching(".*")).atPriority(5), refusal);
        for (String operation : List.of("DescribeCapacityReservations", "DescribeReservedInstances")) {
            aws.answer(
                    AwsServer.form(operation),
                    AwsServer.xml("<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>not "
                                    + "allowed</Message></Error></Errors></Response>")
                            .withStatus(403));
        }
        aws.answer(
                post(urlPathEqualTo("/DescribeSavingsPlans")).atPriority(1),
                AwsServer.refusal(403, "AccessDeniedException", "not allowed"));
        aws.answer(get(anyUrl()).atPriority(5), AwsServer.refusal(403, "AccessDeniedException", "not allowed"));
    }

    private static AwsRun scan(AwsServer aws, Path file) {
        return AwsRun.command(
                aws.address(),
                "scan",
                "--source",
                "aws,azure,gcp",
                "--config",
                file.toString(),
                "--window",
                "2026-11-01/2026-11-15",
                "-f",
                "json");
    }

    private static BigDecimal eurosAnHour(JsonNode audit, String name, String provider) {
        JsonNode machine = AwsRun.resource(audit, name);
        assertThat(machine.get("provider").asText()).isEqualTo(provider);
        assertThat(machine.get("cost_basis").asText()).as(machine::toString).isEqualTo("list");
        return machine.get("monthly_cost").decimalValue().divide(BigDecimal.valueOf(730), 4, RoundingMode.HALF_EVEN);
    }

    /**
     * How long at least one request waited for its answer, in milliseconds: that the machine is busy with other things
     * does not count.
     */
    private static long answering(Stream<WireMockServer> servers) {
        List<ServeEvent> events = servers.flatMap(server -> server.getAllServeEvents().stream())
                .sorted(Comparator.comparing(event -> event.getRequest().getLoggedDate()))
                .toList();
        long sum = 0;
        long until = 0;
        for (ServeEvent event : events) {
            long start = event.getRequest().getLoggedDate().toInstant().toEpochMilli();
            long end = start + DELAY_MILLIS;
            sum += Math.max(0, end - Math.max(start, until));
            until = Math.max(until, end);
        }
        return sum;
    }
}
