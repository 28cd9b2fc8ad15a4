package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import io.aiaudit.savings.RunRate;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Corrections of later invoices, and the charges that they are of. All cases are in one store, which takes seconds,
 * each with a resource and accounts of its own.
 */
@Slow
class CorrectionsTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 6, 1);
    private static final String METER = "SkuMeter=BoxUsage:p4d.24xlarge";

    private static final String IN_THE_WINDOW = "days of the window";
    private static final String ANEW = "charged anew";
    private static final String SAME_WAY = "bought in the same way";
    private static final String BILLED_ONLY = "without an effective cost";
    private static final String DAY_BY_DAY = "taken back day by day";

    private static final String EARLIER = "of earlier days ";

    /** First day, last day, amount; monthly cost and run rate. */
    private static final List<Arguments> CORRECTIONS = List.of(
            arguments(1, 30, "-720", "2190.00 2190.00"),
            arguments(1, 30, "720", "3650.00 3650.00"),
            arguments(21, 30, "-240", "2676.67 2190.00"),
            // no later day keeps more of its price than the month
            arguments(1, 10, "-240", "2676.67 2676.67"),
            arguments(5, 12, "-768", "2141.33 2141.33"),
            arguments(30, 30, "-720", "2190.00 1941.87"),
            arguments(20, 30, "-1056", "1849.33 0.00"),
            arguments(1, 30, "-2880", "0.00 0.00"),
            arguments(1, 30, "-5000", "-2149.44 0.00"),
            // what is raised for some days is no price
            arguments(29, 30, "720", "3650.00 2920.00"),
            arguments(10, 30, "720", "3650.00 2920.00"),
            // of June is its half
            arguments(-29, 30, "-1440", "2190.00 2190.00"),
            arguments(-29, 0, "-1440", "2920.00 2920.00"));

    private static final List<Arguments> OF_OTHERS = List.of(
            arguments("SkuMeter=EBS:VolumeUsage.gp3", "2190.00 2920.00"),
            arguments("ResourceId=i-0b", "2920.00 2920.00"),
            arguments("SubAccountId=999999999999", "2190.00 2920.00"),
            arguments("ChargeCategory=Purchase", "2190.00 2920.00"),
            arguments("SkuMeter=", "2190.00 2190.00"));

    private static final List<Arguments> OF_EARLIER_DAYS =
            List.of(arguments(5, 12, "-768"), arguments(1, 10, "-240"), arguments(5, 12, "-400"));

    private static final List<String> RANDOM = new ArrayList<>();
    private static final CasesApart CASES = new CasesApart();

    @TempDir
    private static Path folder;

    private static TestStore store;

    @BeforeAll
    static void load() {
        CASES.add(IN_THE_WINDOW, days(month(), 1, 30, "-24", "ChargeClass=Correction", "ConsumedQuantity=24"));
        FocusCsv anew = days(month(), 1, 30, "-96", "ChargeClass=Correction");
        CASES.add(ANEW, days(anew, 1, 30, "72", "ChargeClass=Correction", "ChargeDescription=Charged anew"));
        CASES.add(SAME_WAY, sameWay());
        FocusCsv billedOnly = days(new FocusCsv(), 1, 30, "7", "EffectiveCost=");
        CASES.add(BILLED_ONLY, corrected(billedOnly, 1, 30, "-100", "EffectiveCost="));
        FocusCsv dayByDay = days(month(), 5, 12, "-96", "ChargeClass=Correction");
        CASES.add(DAY_BY_DAY, corrected(dayByDay, 30, 30, "-96"));
        CORRECTIONS.forEach(row -> addCorrected("", row.get()));
        OF_EARLIER_DAYS.forEach(row -> addCorrected(EARLIER, row.get()));
        for (Arguments row : OF_OTHERS) {
            String cell = (String) row.get()[0];
            CASES.add(cell, corrected(month(), 1, 30, "-720", cell));
        }
        addRandom();
        store = CASES.store(folder);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static FocusCsv sameWay() {
        String[] spot = {"PricingCategory=Dynamic", "ResourceId=i-0b"};
        String[] standard = {"PricingCategory=Standard", "ResourceId=i-0b"};
        FocusCsv bill = days(days(month(), 1, 30, "10", spot), 1, 30, "10", standard);
        return corrected(bill, 1, 30, "-150", spot);
    }

    private static void addCorrected(String test, Object... row) {
        int from = (int) row[0];
        int to = (int) row[1];
        String amount = (String) row[2];
        CASES.add(test + named(from, to, amount), corrected(month(), from, to, amount));
    }

    private static String named(int from, int to, String amount) {
        return from + " to " + to + ": " + amount + "; ";
    }

    private static void addRandom() {
        Random random = new Random(241);
        for (int round = 0; round < 12; round++) {
            FocusCsv bill = month();
            StringBuilder rows = new StringBuilder();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                int amount = random.nextInt(-3000, 1500);
                int from = random.nextInt(-10, 31);
                int to = random.nextInt(Math.max(from, 1), 31);
                rows.append(named(from, to, Integer.toString(amount)));
                corrected(bill, from, to, Integer.toString(amount));
            }
            RANDOM.add(rows.toString());
            CASES.add(rows.toString(), bill);
        }
    }

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

    private static Spend spend(String name) {
        LeafCost leaf = store.leaf(CASES.resource(name, "i-0a"));
        return RunRate.of(leaf, TestStore.JUNE, Instant.parse("2026-08-01T00:00:00Z"));
    }

    private static String perMonth(String name) {
        Spend spend = spend(name);
        return Money.toCents(spend.monthlyCost()) + " " + Money.toCents(spend.monthlyRunRate());
    }

    /** Of the charges of the account of a case. */
    private static String one(String name, String selected) {
        return BillSums.one(store, "SELECT " + selected + " FROM " + charges(name));
    }

    private static String charges(String name) {
        return "charges WHERE SubAccountId = '" + CASES.account(name, "123456789012") + "'";
    }

    private static FocusCsv month() {
        return days(new FocusCsv(), 1, 30, "96", "ConsumedQuantity=24");
    }

    /** Monthly cost and run rate: 96 a day are 2920 a month. */
    @Test
    void a_correction_of_the_days_of_the_window_is_part_of_their_price() {
        assertThat(perMonth(IN_THE_WINDOW)).isEqualTo("2190.00 2190.00");
        assertThat(spend(IN_THE_WINDOW).changedAt()).isNull();
        assertThat(one(
                        IN_THE_WINDOW,
                        "sum(BilledCost)::INTEGER || ' ' || sum(EffectiveCost)::INTEGER || ' ' || count(*)"))
                .isEqualTo("2160 2160 60");
    }

    @ParameterizedTest
    @FieldSource("CORRECTIONS")
    void one_row_is_of_all_days_that_it_meets(int from, int to, String amount, String expected) {
        assertThat(perMonth(named(from, to, amount))).isEqualTo(expected);
    }

    @Test
    void what_is_taken_back_and_charged_anew_is_its_difference() {
        assertThat(perMonth(ANEW)).isEqualTo("2190.00 2190.00");
    }

    @ParameterizedTest
    @FieldSource("OF_OTHERS")
    void another_resource_meter_or_account_is_not_meant(String cell, String expected) {
        assertThat(perMonth(cell)).isEqualTo(expected);
    }

    @Test
    void what_is_bought_in_the_same_way_is_meant_first() {
        String charged = "(sum(EffectiveCost) FILTER (ChargeClass IS NULL AND PricingCategory = '%s'))::INTEGER";
        assertThat(one(SAME_WAY, "count(ResourceId || coalesce(PricingCategory, '') || ChargeClass)"))
                .isNotEqualTo("0");
        assertThat(one(SAME_WAY, charged.formatted("Dynamic"))).isEqualTo("150");
        assertThat(one(SAME_WAY, charged.formatted("Standard"))).isEqualTo("300");
    }

    @Test
    void without_an_effective_cost_the_billed_cost_is_corrected_and_no_sum_changes() {
        assertThat(one(BILLED_ONLY, "sum(BilledCost) || ' ' || sum(cost) || ' ' || count(*) FILTER (cost = 0)"))
                .isEqualTo("110.000000000000 110.000000000000 1");
    }

    @ParameterizedTest
    @FieldSource("OF_EARLIER_DAYS")
    void a_correction_of_earlier_days_is_no_change_of_the_price(int from, int to, String amount) {
        assertThat(spend(EARLIER + named(from, to, amount)).changedAt()).isNull();
    }

    @Test
    void what_is_taken_back_day_by_day_is_as_what_is_taken_back_in_one_row() {
        // 21 of 30 days are paid, 67.20 of 96 a day; what is given back to the nine is 54.40 each
        assertThat(perMonth(DAY_BY_DAY)).isEqualTo("2044.00 1988.38");
        assertThat(spend(DAY_BY_DAY).changedAt()).isNull();
        assertThat(one(DAY_BY_DAY, "sum(EffectiveCost)::INTEGER")).isEqualTo("2016");
    }

    /** Nobody saves more a month than is paid, whatever is raised or lowered on any days. */
    @Test
    void no_saving_is_above_the_monthly_cost() {
        assertThat(RANDOM).hasSize(12).allSatisfy(rows -> {
            Spend spend = spend(rows);
            BigDecimal saved = spend.monthlyRunRate().multiply(new BigDecimal("0.85"));
            assertThat(Money.toCents(saved))
                    .as("%s%s of %s", rows, spend.monthlyRunRate(), spend.monthlyCost())
                    .isLessThanOrEqualTo(Money.toCents(spend.monthlyCost()).max(BigDecimal.ZERO));
        });
    }
}
