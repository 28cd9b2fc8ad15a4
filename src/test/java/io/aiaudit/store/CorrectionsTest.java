package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import io.aiaudit.savings.RunRate;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Corrections of later invoices, and the charges that they are of. */
@Slow
class CorrectionsTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 6, 1);
    private static final String METER = "SkuMeter=BoxUsage:p4d.24xlarge";

    @TempDir
    private Path folder;

    /** One row a day, from the first day of June that is named to the last. */
    private static FocusCsv days(FocusCsv bill, int from, int to, String cost, String... more) {
        for (int day = from; day <= to; day++) {
            row(bill, day, day, cost, more);
        }
        return bill;
    }

    private static FocusCsv row(FocusCsv bill, int from, int to, String cost, String... more) {
        String[] cells = new String[more.length + 5];
        cells[0] = "ChargePeriodStart=" + FIRST.plusDays(from - 1L) + "T00:00:00Z";
        cells[1] = "ChargePeriodEnd=" + FIRST.plusDays(to) + "T00:00:00Z";
        cells[2] = "BilledCost=" + cost;
        cells[3] = "EffectiveCost=" + cost;
        cells[4] = METER;
        System.arraycopy(more, 0, cells, 5, more.length);
        return bill.row(cells);
    }

    private static FocusCsv corrected(FocusCsv bill, int from, int to, String cost, String... more) {
        String[] cells = new String[more.length + 1];
        cells[0] = "ChargeClass=Correction";
        System.arraycopy(more, 0, cells, 1, more.length);
        return row(bill, from, to, cost, cells);
    }

    private TestStore store(FocusCsv bill) {
        return TestStore.ofBills(folder, bill.write(folder, "bill.csv"));
    }

    private static LeafCost leaf(TestStore store, Window window, String id) {
        return store.scan().leafCosts(window).stream()
                .filter(leaf -> leaf.resource().resourceId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Spend spend(TestStore store) {
        return RunRate.of(leaf(store, TestStore.JUNE, "i-0a"), TestStore.JUNE, Instant.parse("2026-08-01T00:00:00Z"));
    }

    private static String perMonth(TestStore store) {
        Spend spend = spend(store);
        return Money.toCents(spend.monthlyCost()) + " " + Money.toCents(spend.monthlyRunRate());
    }

    private static FocusCsv month() {
        return days(new FocusCsv(), 1, 30, "96", "ConsumedQuantity=24");
    }

    /** Monthly cost and run rate: 96 a day are 2920 a month. */
    @Test
    void a_correction_of_the_days_of_the_window_is_part_of_their_price() {
        FocusCsv bill = days(month(), 1, 30, "-24", "ChargeClass=Correction", "ConsumedQuantity=24");
        try (TestStore store = store(bill)) {
            assertThat(perMonth(store)).isEqualTo("2190.00 2190.00");
            assertThat(spend(store).changedAt()).isNull();
            assertThat(BillSums.one(
                            store,
                            "SELECT sum(BilledCost)::INTEGER || ' ' || sum(EffectiveCost)::INTEGER"
                                    + " || ' ' || count(*) FROM charges"))
                    .isEqualTo("2160 2160 60");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 30, -720, 2190.00 2190.00",
        "1, 30, 720, 3650.00 3650.00",
        "21, 30, -240, 2676.67 2190.00",
        // no later day keeps more of its price than the month
        "1, 10, -240, 2676.67 2676.67",
        "5, 12, -768, 2141.33 2141.33",
        "30, 30, -720, 2190.00 1941.87",
        "20, 30, -1056, 1849.33 0.00",
        "1, 30, -2880, 0.00 0.00",
        "1, 30, -5000, -2149.44 0.00",
        // what is raised for some days is no price
        "29, 30, 720, 3650.00 2920.00",
        "10, 30, 720, 3650.00 2920.00",
        // of June is its half
        "-29, 30, -1440, 2190.00 2190.00",
        "-29, 0, -1440, 2920.00 2920.00"
    })
    void one_row_is_of_all_days_that_it_meets(int from, int to, String amount, String expected) {
        try (TestStore store = store(corrected(month(), from, to, amount))) {
            assertThat(perMonth(store)).isEqualTo(expected);
        }
    }

    @Test
    void what_is_taken_back_and_charged_anew_is_its_difference() {
        FocusCsv bill = days(month(), 1, 30, "-96", "ChargeClass=Correction");
        days(bill, 1, 30, "72", "ChargeClass=Correction", "ChargeDescription=Charged anew");
        try (TestStore store = store(bill)) {
            assertThat(perMonth(store)).isEqualTo("2190.00 2190.00");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SkuMeter=EBS:VolumeUsage.gp3, 2190.00 2920.00",
        "ResourceId=i-0b, 2920.00 2920.00",
        "SubAccountId=999999999999, 2190.00 2920.00",
        "ChargeCategory=Purchase, 2190.00 2920.00",
        "SkuMeter=, 2190.00 2190.00"
    })
    void another_resource_meter_or_account_is_not_meant(String cell, String expected) {
        try (TestStore store = store(corrected(month(), 1, 30, "-720", cell))) {
            assertThat(perMonth(store)).isEqualTo(expected);
        }
    }

    @Test
    void what_is_bought_in_the_same_way_is_meant_first() {
        String[] spot = {"PricingCategory=Dynamic", "ResourceId=i-0b"};
        String[] standard = {"PricingCategory=Standard", "ResourceId=i-0b"};
        FocusCsv bill = days(days(month(), 1, 30, "10", spot), 1, 30, "10", standard);
        corrected(bill, 1, 30, "-150", spot);
        try (TestStore store = store(bill)) {
            assertThat(BillSums.loaded(
                            store, "ResourceId || ' ' || coalesce(PricingCategory, '') || ' ' || ChargeClass"))
                    .isNotEmpty();
            assertThat(BillSums.one(
                            store,
                            "SELECT sum(EffectiveCost)::INTEGER FROM charges"
                                    + " WHERE PricingCategory = 'Dynamic' AND ChargeClass IS NULL"))
                    .isEqualTo("150");
            assertThat(BillSums.one(
                            store,
                            "SELECT sum(EffectiveCost)::INTEGER FROM charges"
                                    + " WHERE PricingCategory = 'Standard' AND ChargeClass IS NULL"))
                    .isEqualTo("300");
        }
    }

    @Test
    void without_an_effective_cost_the_billed_cost_is_corrected_and_no_sum_changes() {
        FocusCsv bill = days(new FocusCsv(), 1, 30, "7", "EffectiveCost=");
        corrected(bill, 1, 30, "-100", "EffectiveCost=");
        try (TestStore store = store(bill)) {
            assertThat(BillSums.one(
                            store,
                            "SELECT sum(BilledCost) || ' ' || sum(cost) || ' ' || count(*) FILTER (cost"
                                    + " = 0) FROM charges"))
                    .isEqualTo("110.000000000000 110.000000000000 1");
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 12, -768", "1, 10, -240", "5, 12, -400"})
    void a_correction_of_earlier_days_is_no_change_of_the_price(int from, int to, String amount) {
        try (TestStore store = store(corrected(month(), from, to, amount))) {
            assertThat(spend(store).changedAt()).isNull();
        }
    }

    @Test
    void what_is_taken_back_day_by_day_is_as_what_is_taken_back_in_one_row() {
        FocusCsv bill = days(month(), 5, 12, "-96", "ChargeClass=Correction");
        try (TestStore store = store(corrected(bill, 30, 30, "-96"))) {
            // 21 of 30 days are paid, 67.20 of 96 a day; what is given back to the nine is 54.40 each
            assertThat(perMonth(store)).isEqualTo("2044.00 1988.38");
            assertThat(spend(store).changedAt()).isNull();
            assertThat(BillSums.one(store, "SELECT sum(EffectiveCost)::INTEGER FROM charges"))
                    .isEqualTo("2016");
        }
    }

    /** Nobody saves more a month than is paid, whatever is raised or lowered on any days. */
    @Test
    void no_saving_is_above_the_monthly_cost() {
        Random random = new Random(241);
        for (int round = 0; round < 12; round++) {
            FocusCsv bill = month();
            StringBuilder rows = new StringBuilder();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                int amount = random.nextInt(-3000, 1500);
                int from = random.nextInt(-10, 31);
                int to = random.nextInt(Math.max(from, 1), 31);
                rows.append(from)
                        .append(" to ")
                        .append(to)
                        .append(": ")
                        .append(amount)
                        .append("; ");
                corrected(bill, from, to, Integer.toString(amount));
            }
            try (TestStore store = store(bill)) {
                Spend spend = spend(store);
                BigDecimal saved = spend.monthlyRunRate().multiply(new BigDecimal("0.85"));
                assertThat(Money.toCents(saved))
                        .as("%s%s of %s", rows, spend.monthlyRunRate(), spend.monthlyCost())
                        .isLessThanOrEqualTo(Money.toCents(spend.monthlyCost()).max(BigDecimal.ZERO));
            }
        }
    }
}
