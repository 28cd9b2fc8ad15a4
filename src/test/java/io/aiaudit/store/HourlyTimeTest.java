package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which charges are the hours of a machine: the same for what rules weigh and for what a schedule frees. */
class HourlyTimeTest {
    private static final String HEADER =
            "BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,ServiceName,"
                    + "ProviderName,EffectiveCost,ResourceId,SkuMeter,ConsumedQuantity,ConsumedUnit,ChargeFrequency,"
                    + "CommitmentDiscountStatus\n";
    private static final String HOURS = IntStream.range(0, 24)
            .mapToObj(hour -> row(
                    "2026-06-01T%02d:00:00Z".formatted(hour),
                    hour == 23 ? "2026-06-02T00:00:00Z" : "2026-06-01T%02d:00:00Z".formatted(hour + 1),
                    "Usage",
                    "",
                    hour < 8 ? "1" : "2",
                    "Usage-Based",
                    hour < 8 ? "Used" : ""))
            .collect(Collectors.joining());

    @TempDir
    private Path folder;

    private static String row(
            String start, String end, String category, String type, String cost, String frequency, String status) {
        return cost + ",USD," + start + "," + end + "," + category + "," + type + ",Amazon Elastic Compute Cloud,AWS,"
                + cost + ",i-0abc,BoxUsage:g5.xlarge,1,Hrs," + frequency + "," + status + "\n";
    }

    private List<HourCost> hours(String name, String rows) {
        try (TestStore store = TestStore.ofBills(folder, FocusCsv.text(folder, name, HEADER + HOURS + rows))) {
            return store.scan().hourlyTime(List.of("i-0abc"), TestStore.JUNE).get("i-0abc");
        }
    }

    private List<InstanceTime> instances(String name, String rows) {
        try (TestStore store = TestStore.ofBills(folder, FocusCsv.text(folder, name, HEADER + HOURS + rows))) {
            return store.scan().instanceTime(List.of("i-0abc"), TestStore.JUNE).get("i-0abc");
        }
    }

    @Test
    void what_is_given_back_or_corrected_is_no_hour_of_a_machine() {
        List<HourCost> alone = hours("alone.csv", "");
        assertThat(alone).hasSize(24);
        assertThat(alone.stream().map(HourCost::cost).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("40");
        String correction = row("2026-05-01T00:00:00Z", "2026-05-15T00:00:00Z", "Usage", "Correction", "-5", "", "");
        String adjustment = row("2026-06-01T03:00:00Z", "2026-06-01T04:00:00Z", "Adjustment", "", "-0.5", "", "");
        String once = row("2026-06-01T03:00:00Z", "2026-06-01T04:00:00Z", "Usage", "", "7", "One-Time", "");
        assertThat(hours("correction.csv", correction)).isEqualTo(alone);
        assertThat(hours("adjustment.csv", adjustment)).isEqualTo(alone);
        assertThat(hours("once.csv", once)).isEqualTo(alone);
        assertThat(instances("with.csv", correction + adjustment + once)).isEqualTo(instances("without.csv", ""));
    }
}
