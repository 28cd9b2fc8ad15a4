package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Audit;
import io.aiaudit.model.FileSet;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A FOCUS file that shares out the bill of a cloud, beside that bill. */
class AllocationFilesTest {
    @TempDir
    private Path folder;

    /** The cloud bills 20 for i-0a; on what day, for which resource and how much the other file has. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a tool and its workloads | Kubecost | Kubernetes | ml/train | 01 | 12 | 20 | excluded from totals
            a tool and the nodes | OpenCost | Kubernetes | i-0a | 01 | 20 | 20 | excluded from totals
            a tool that has more | Vantage | Amazon Elastic Compute Cloud | i-0a | 01 | 40 | 20 | 40.00 USD of vantage
            a tool charges for itself | CloudZero | CloudZero | '' | 01 | 12 | 32 | ''
            a tool of another day | Kubecost | Kubernetes | ml/train | 02 | 12 | 32 | ''
            a chargeback by nobody known | Platform | Compute | i-0a | 01 | 21 | 20 | excluded from totals
            open | Platform | Compute | i-0a | 01 | 9 | 29 | both were counted
            monitoring by the instance | Watchers | Monitoring | i-0a | 01 | 1 | 21 | ''
            another resource | Platform | Compute | host-7 | 01 | 20 | 40 | ''
            """)
    void what_is_shared_out_is_no_second_bill(
            String name,
            String provider,
            String service,
            String resource,
            String day,
            String cost,
            String total,
            String warning) {
        Path cloud = new FocusCsv().row("BilledCost=20", "EffectiveCost=20").write(folder, "cloud.csv");
        Path other = new FocusCsv()
                .row(
                        "ProviderName=" + provider,
                        "ServiceName=" + service,
                        "ResourceId=" + resource,
                        "SubAccountId=prod",
                        "BilledCost=" + cost,
                        "EffectiveCost=" + cost,
                        "ChargePeriodStart=2026-06-" + day + "T00:00:00Z",
                        "ChargePeriodEnd=2026-06-" + day + "T10:00:00Z")
                .write(folder, "other.csv");
        try (TestStore store = TestStore.ofBills(folder, cloud, other)) {
            assertThat(store.scan().bill().providers().stream()
                            .map(Audit.ProviderBill::billedCost)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .as(name)
                    .isEqualByComparingTo(total);
            if (warning.isEmpty()) {
                assertThat(store.scan().warnings()).as(name).noneMatch(message -> message.contains("other.csv has"));
            } else {
                assertThat(store.scan().warnings()).as(name).anyMatch(message -> message.contains(warning));
            }
        }
    }

    /** The cloud bills 20 USD; a euro is 1.50 USD. */
    @ParameterizedTest
    @CsvSource({
        "Platform, 14, 20.00, 'has 21.00 USD of platform, for resources', bills 20.00 USD",
        "Platform, 20, 50.00, has 30.00 USD of platform, both were counted",
        "Kubecost, 10, 20.00, has 15.00 USD of kubecost, bills 20.00 USD"
    })
    void sums_in_two_currencies_are_compared_in_that_of_the_audit(
            String provider, String euros, String total, String first, String second) {
        FocusCsv other = new FocusCsv()
                .row(
                        "ProviderName=" + provider,
                        "ServiceName=Compute",
                        "SubAccountId=prod",
                        "BillingCurrency=EUR",
                        "BilledCost=" + euros,
                        "EffectiveCost=" + euros);
        ExchangeRate rate = new ExchangeRate("EUR", "USD", new BigDecimal("1.5"), LocalDate.parse("2026-06-30"));
        total(List.of(rate), other, total, first, second);
    }

    /** A tool needs no rate, since it is no bill; of two bills without one the scan says which is missing. */
    @Test
    void without_a_rate_a_tool_is_excluded_and_anything_else_refused() {
        FocusCsv tool = new FocusCsv().row("ProviderName=Kubecost", "BillingCurrency=EUR", "SubAccountId=prod");
        total(List.of(), tool, "20.00", "has 1.00 EUR of kubecost", "bills 20.00 USD");
        FocusCsv other = new FocusCsv()
                .row("ProviderName=Platform", "BillingCurrency=EUR", "BilledCost=20", "SubAccountId=prod");
        assertThatThrownBy(() -> total(List.of(), other, "20.00")).hasMessageContaining("has no rate to");
    }

    @Test
    void an_allocation_is_compared_on_the_days_that_the_bill_has() {
        FocusCsv other = new FocusCsv();
        for (int day = 1; day < 4; day++) {
            other.row(
                    "ProviderName=Platform",
                    "ServiceName=Compute",
                    "SubAccountId=prod",
                    "BilledCost=19",
                    "EffectiveCost=19",
                    "ChargePeriodStart=2026-06-0" + day + "T00:00:00Z",
                    "ChargePeriodEnd=2026-06-0" + (day + 1) + "T00:00:00Z");
        }
        total(List.of(), other, "58.00", "has 19.00 USD of platform", "is excluded from totals");
    }

    private void total(List<ExchangeRate> rates, FocusCsv file, String total, String... words) {
        Path cloud = new FocusCsv().row("BilledCost=20", "EffectiveCost=20").write(folder, "cloud.csv");
        Path other = file.write(folder, "other.csv");
        try (TestStore store = TestStore.of(
                folder,
                TestStore.settings(rates.isEmpty() ? null : "USD", rates, List.of(), List.of()),
                staging -> staging.files(TestStore.set(FileSet.Content.BILLING, cloud, other)))) {
            assertThat(store.scan().bill().providers().stream()
                            .map(Audit.ProviderBill::billedCost)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(total);
            assertThat(store.scan().warnings())
                    .filteredOn(warning -> warning.contains("other.csv has"))
                    .singleElement()
                    .asString()
                    .contains(words);
        }
    }
}
