package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import io.aiaudit.savings.RunRate;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bill that names resources in its last 14 days only, as Cost Explorer does: in June 2026 since the 17th. What the
 * meters show before it is with their service.
 */
@Slow
class NamedSinceTest {
    private static final Instant LATER = Instant.parse("2026-07-20T00:00:00Z");
    private static final LocalDate FIRST = LocalDate.parse("2026-06-01");
    private static final LocalDate NAMED = LocalDate.parse("2026-06-17");
    private static final LocalDate END = LocalDate.parse("2026-07-01");

    private static final String EC2 = "Amazon Elastic Compute Cloud - Compute";
    private static final String SAGEMAKER = "Amazon SageMaker";
    private static final String BEDROCK = "Amazon Bedrock";
    private static final String BOX = "BoxUsage:g5.xlarge";
    private static final String UNITS = "USE1-ProvisionedThroughput-ModelUnits";
    private static final String TRAIN = "USE1-Train:ml.g5.12xlarge";
    private static final String HOST = "USE1-Host:ml.g5.xlarge";
    private static final String THROUGHPUT = "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/chat";
    private static final String JOB = "arn:aws:sagemaker:us-east-1:123456789012:training-job/tune";
    private static final String ENDPOINT = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/chat";

    @TempDir
    private Path folder;

    private final FocusCsv bill = new FocusCsv();

    /** So much a day from one day to another, of a resource or, without an id, of the service. */
    private void daily(LocalDate from, LocalDate to, String service, String meter, String id, String cost) {
        from.datesUntil(to)
                .forEach(day -> bill.row(
                        "ChargePeriodStart=" + day + "T00:00:00Z",
                        "ChargePeriodEnd=" + day.plusDays(1) + "T00:00:00Z",
                        "ServiceName=" + service,
                        "SkuMeter=" + meter,
                        "ResourceId=" + id,
                        "BilledCost=" + cost,
                        "EffectiveCost=" + cost,
                        "ConsumedUnit="));
    }

    private Map<String, Spend> spend() {
        Map<String, Spend> spend = new LinkedHashMap<>();
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "b.csv"))) {
            for (LeafCost leaf : store.scan().leafCosts(TestStore.JUNE)) {
                spend.put(leaf.resource().resourceId(), RunRate.of(leaf, TestStore.JUNE, LATER));
            }
        }
        return spend;
    }

    private static void costs(Spend spend, String monthly, String runRate) {
        assertThat(Money.toCents(spend.monthlyCost())).as("monthly").isEqualByComparingTo(monthly);
        assertThat(Money.toCents(spend.monthlyRunRate())).as("run rate").isEqualByComparingTo(runRate);
        assertThat(spend.changedAt()).isNull();
        assertThat(spend.shiftedAt()).isNull();
    }

    private static String service(String name) {
        return "aws:123456789012/" + name;
    }

    @Test
    void what_a_service_cost_before_its_resources_are_named_is_over_and_theirs_is_scaled_from_the_named_days() {
        daily(FIRST, NAMED, EC2, BOX, "", "24");
        daily(NAMED, END, EC2, BOX, "i-0a", "24");
        daily(FIRST, NAMED, BEDROCK, UNITS, "", "960");
        daily(NAMED, END, BEDROCK, UNITS, THROUGHPUT, "960");
        Map<String, Spend> spend = spend();
        costs(spend.get("i-0a"), "730", "730");
        costs(spend.get(THROUGHPUT), "29200", "29200");
        costs(spend.get(service(EC2)), "389.33", "0");
        costs(spend.get(service(BEDROCK)), "15573.33", "0");
    }

    @Test
    void what_no_resource_explains_goes_on() {
        daily(FIRST, NAMED, EC2, BOX, "", "34");
        daily(NAMED, END, EC2, BOX, "i-0a", "24");
        daily(NAMED, END, EC2, BOX, "", "10");
        daily(FIRST, END, EC2, "USE1-DataTransfer-Out-Bytes", "", "1");
        Map<String, Spend> spend = spend();
        costs(spend.get("i-0a"), "730", "730");
        assertThat(Money.toCents(spend.get(service(EC2)).monthlyRunRate()))
                .isEqualTo(new BigDecimal("334.58")); // 11 a day
    }

    @Test
    void machines_that_are_gone_before_anything_is_named_are_over_too() {
        daily(FIRST, LocalDate.parse("2026-06-10"), EC2, "BoxUsage:p4d.24xlarge", "", "700");
        daily(FIRST, NAMED, EC2, BOX, "", "24");
        daily(NAMED, END, EC2, BOX, "i-0a", "24");
        costs(spend().get(service(EC2)), "6776.83", "0");
    }

    @Test
    void a_job_costs_what_the_window_shows_of_it_and_earlier_jobs_come_back() {
        daily(FIRST, NAMED, SAGEMAKER, HOST, "", "24");
        daily(NAMED, END, SAGEMAKER, HOST, ENDPOINT, "24");
        daily(LocalDate.parse("2026-06-05"), LocalDate.parse("2026-06-06"), SAGEMAKER, TRAIN, "", "72");
        daily(LocalDate.parse("2026-06-20"), LocalDate.parse("2026-06-21"), SAGEMAKER, TRAIN, JOB, "72");
        Map<String, Spend> spend = spend();
        costs(spend.get(JOB), "73", "73");
        costs(spend.get(ENDPOINT), "730", "730");
        costs(spend.get(service(SAGEMAKER)), "462.33", "73");
    }

    @Test
    void jobs_of_a_meter_that_names_none_come_back_too() {
        daily(FIRST, NAMED, SAGEMAKER, HOST, "", "24");
        daily(NAMED, END, SAGEMAKER, HOST, ENDPOINT, "24");
        daily(LocalDate.parse("2026-06-05"), LocalDate.parse("2026-06-06"), SAGEMAKER, TRAIN, "", "72");
        costs(spend().get(service(SAGEMAKER)), "462.33", "73");
    }

    @Test
    void use_is_never_more_than_its_meter_shows() {
        daily(FIRST, NAMED, SAGEMAKER, HOST, "", "24");
        daily(NAMED, END, SAGEMAKER, HOST, ENDPOINT, "24");
        daily(FIRST, NAMED, SAGEMAKER, "USE1-Hst:Data-Bytes-Out", "", "1");
        daily(NAMED, END, SAGEMAKER, "USE1-Hst:Data-Bytes-Out", ENDPOINT, "1");
        Map<String, Spend> spend = spend();
        costs(spend.get(ENDPOINT), "744.19", "744.19");
        costs(spend.get(service(SAGEMAKER)), "405.56", "16.22");
    }

    @Test
    void without_named_resources_the_window_shows_what_a_service_costs() {
        daily(FIRST, NAMED, EC2, BOX, "", "24");
        costs(spend().get(service(EC2)), "730", "730");
    }
}
