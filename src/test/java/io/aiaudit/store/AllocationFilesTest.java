package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import java.math.BigDecimal;
import java.nio.file.Path;
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
            a tool that has more | Vantage | Amazon Elastic Compute Cloud | i-0a | 01 | 40 | 20 | has 40.00 of vantage
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
}
