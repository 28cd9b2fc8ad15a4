package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.report.json.AuditJson;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much of the hourly cost is committed, of a bill of June: an idle endpoint that is all covered, a busy one that is
 * half covered, a machine on spot capacity, and a database, which is no AI.
 */
@Slow
class CommitmentCoverageTest {
    private static final String PLAN = "arn:aws:savingsplans::123456789012:savingsplan/one";
    private static final String IDLE = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/idle";
    private static final String BUSY = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/busy";

    @TempDir
    private Path folder;

    private Path written(String name, String head, String lines) throws IOException {
        return Files.writeString(folder.resolve(name), head + "\n" + lines);
    }

    private static String charge(String resource, String service, String cost, String plan) {
        return IntStream.range(0, 30)
                .mapToObj(LocalDate.of(2026, 6, 1)::plusDays)
                .map(day -> String.join(
                        ",",
                        cost,
                        cost,
                        "USD",
                        day + "T00:00:00Z",
                        day.plusDays(1) + "T00:00:00Z",
                        "Usage",
                        service,
                        "AWS",
                        "123456789012",
                        "us-east-1",
                        resource,
                        "Hours",
                        "24",
                        plan,
                        plan.isEmpty() ? "" : "Used"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String requests(String resource, int total) {
        return IntStream.range(0, 720)
                .mapToObj(hour -> "%s,requests,2026-06-%02dT%02d:00:00Z,%d\n"
                        .formatted(resource, hour / 24 + 1, hour % 24, total))
                .collect(Collectors.joining());
    }

    @Test
    void coverage_is_of_what_could_be_covered_and_an_idle_endpoint_leaves_its_part_unused() throws IOException {
        Path bill = written(
                "bill.csv",
                "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
                        + "ServiceName,ProviderName,SubAccountId,RegionId,ResourceId,ConsumedUnit,ConsumedQuantity,"
                        + "CommitmentDiscountId,CommitmentDiscountStatus",
                charge(IDLE, "Amazon SageMaker", "20.00", PLAN)
                        + charge(BUSY, "Amazon SageMaker", "15.00", PLAN)
                        + charge(BUSY, "Amazon SageMaker", "15.00", "")
                        + charge("i-0123456789abcdef0", "Amazon Elastic Compute Cloud", "50.00", "")
                        + charge(
                                "arn:aws:rds:us-east-1:123456789012:db:shop",
                                "Amazon Relational Database Service",
                                "70.00",
                                ""));
        Path inventory = written(
                "inventory.csv",
                "resource_id,kind,provider,account_id,region,name,machine_type,replicas,created_at,purchase",
                String.join(
                        "\n",
                        IDLE
                                + ",inference_endpoint,aws,123456789012,us-east-1,idle,ml.g5.xlarge,1,2026-01-10T00:"
                                + "00:00Z,committed",
                        BUSY
                                + ",inference_endpoint,aws,123456789012,us-east-1,busy,ml.g5.xlarge,1,2026-01-10T00:"
                                + "00:00Z,on_demand",
                        "i-0123456789abcdef0,instance,aws,123456789012,us-east-1,render,g5.xlarge,1,2026-01-10T00:"
                                + "00:00Z,spot"));
        Path usage = written("usage.csv", "resource_id,metric,hour,total", requests(IDLE, 0) + requests(BUSY, 100));
        Path out = folder.resolve("out");

        Run run = Run.of(
                "scan",
                "--billing",
                bill.toString(),
                "--inventory",
                inventory.toString(),
                "--usage",
                usage.toString(),
                "--rule",
                "inference-endpoint-idle",
                "--window",
                "2026-06-01/2026-07-01",
                "-q",
                "--details",
                "-f",
                "json,terminal",
                "-o",
                out.toString());

        assertThat(run.exitCode()).as(run::err).isZero();
        // 20 x 30 x 730 / 720 = 608.33 and 30 x 30 x 730 / 720 = 912.50, of which half is covered; 15 % of the idle one
        // is expected to come back, so 0.85 x 608.33 = 517.08 of 1064.58 are left unused
        assertThat(AuditJson.read(out.resolve("aiaudit.json")).commitmentCoverage())
                .singleElement()
                .satisfies(coverage -> {
                    assertThat(coverage.provider()).isEqualTo("aws");
                    assertThat(List.of(
                                    coverage.monthlyCost(),
                                    coverage.committedCost(),
                                    coverage.coverage(),
                                    coverage.strandedCost(),
                                    coverage.strandedShare()))
                            .extracting(Object::toString)
                            .containsExactly("1520.83", "1064.58", "0.70", "517.08", "0.485711");
                });
        assertThat(folder.resolve("out/aiaudit.terminal"))
                .content()
                .contains("\nAWS: commitments cover 70 % of 1,521 in hourly charges");
    }
}
