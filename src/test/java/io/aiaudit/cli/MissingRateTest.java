package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Status;
import io.aiaudit.report.json.AuditJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bill in euros beside list prices in dollars: what only a list price could price names the rate that is missing. */
class MissingRateTest {
    private static final String BILLED = "arn:aws:sagemaker:us-east-1:111111111111:endpoint/billed";
    private static final String LISTED = "arn:aws:sagemaker:us-east-1:999999999999:endpoint/listed";

    @TempDir
    private Path folder;

    @Test
    void a_list_price_without_a_rate_is_reported_to_lack_the_rate() throws Exception {
        StringBuilder bill = new StringBuilder("BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,"
                + "ChargePeriodEnd,ChargeCategory,ServiceName,ProviderName,ResourceId,ConsumedUnit,SubAccountId\n");
        StringBuilder usage = new StringBuilder("resource_id,metric,hour,total\n");
        Instant hour = Instant.parse("2026-06-01T00:00:00Z");
        for (int i = 0; i < 720; i++, hour = hour.plus(1, ChronoUnit.HOURS)) {
            bill.append("1,1,EUR,%s,%s,Usage,Amazon SageMaker,AWS,%s,Hrs,111111111111\n"
                    .formatted(hour, hour.plus(1, ChronoUnit.HOURS), BILLED));
            usage.append("%s,requests,%s,0\n".formatted(LISTED, hour));
        }
        Files.writeString(folder.resolve("bill.csv"), bill);
        Files.writeString(folder.resolve("usage.csv"), usage);
        Files.writeString(
                folder.resolve("inventory.csv"),
                "resource_id,kind,machine_type,created_at,region,account_id,name,replicas\n" + LISTED
                        + ",inference_endpoint,ml.g5.xlarge,2025-11-02,us-east-1,999999999999,listed,1\n");

        Run run = Run.of(
                "scan",
                folder.toString(),
                "--rule",
                "inference-endpoint-idle",
                "-q",
                "-f",
                "json",
                "-o",
                folder.resolve("out").toString());

        assertThat(run.exitCode()).as(run::err).isZero();
        Audit audit = AuditJson.read(folder.resolve("out/aiaudit.json"));
        assertThat(audit.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(Status.UNPRICED);
            assertThat(finding.statusReason())
                    .isEqualTo("Its list price is in USD, and exchange_rates in aiaudit.yaml has no rate from USD to "
                            + "EUR, so no saving is stated.");
        });
    }
}
