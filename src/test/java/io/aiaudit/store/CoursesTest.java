package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import io.aiaudit.model.Gap;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import io.aiaudit.savings.RunRate;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How the cost of a leaf went by the day, and what a bill and an inventory say about its end. Most cases are in one
 * store; what would change others has a store of its own.
 */
class CoursesTest {
    private static final String UNITS = "resource_id,kind,provider,account_id,created_at";
    private static final String INSTANCES = "resource_id,kind,provider,account_id,region,machine_type";
    private static final String LISTED = "i-0a1,instance,aws,123456789012,eu-west-1,g5.xlarge";
    private static final CasesApart CASES = new CasesApart();

    @TempDir
    private static Path folder;

    private static TestStore store;

    @BeforeAll
    static void load() {
        CASES.add("over midnight", overMidnight());
        CASES.add("marked", marked());
        CASES.add("not in the run rate", onlyCorrected());
        CASES.add("bought", bought());
        addFewer();
        addParts();
        addUnits();
        CASES.add("another meter", anotherMeter());
        addModels();
        CASES.add("corrected later", correctedLater());
        CASES.add("away for days", awayForDays());
        CASES.add("end of the account", ofTwoAccounts());
        addNotListed();
        GAPS.forEach(gap -> CASES.add(nameOf(gap.get()), two(), INSTANCES, LISTED));
        CASES.add("no word", withoutWords());
        store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            CASES.stage(staging, folder);
            GAPS.forEach(gap -> staging.gap(gapOf(gap)));
        });
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static LeafCost leaf(String name, String id) {
        return store.leaf(CASES.resource(name, id));
    }

    private static Course.Ended ended(String name, String id) {
        return leaf(name, id).course().ended();
    }

    private static BigDecimal runRate(String name, String id) {
        return RunRate.of(leaf(name, id), TestStore.JUNE, Instant.parse("2026-07-20T00:00:00Z"))
                .monthlyRunRate();
    }

    private static FocusCsv days(FocusCsv bill, int from, int to, String... more) {
        for (int day = from; day < to; day++) {
            String[] cells = new String[more.length + 2];
            cells[0] = "ChargePeriodStart=" + LocalDate.of(2026, 6, 1).plusDays(day - 1) + "T00:00:00Z";
            cells[1] = "ChargePeriodEnd=" + LocalDate.of(2026, 6, 1).plusDays(day) + "T00:00:00Z";
            System.arraycopy(more, 0, cells, 2, more.length);
            bill.row(cells);
        }
        return bill;
    }

    private static FocusCsv overMidnight() {
        return new FocusCsv()
                .row(
                        "ChargePeriodStart=2026-06-01T20:00:00Z",
                        "ChargePeriodEnd=2026-06-02T12:00:00Z",
                        "EffectiveCost=16",
                        "SkuMeter=BoxUsage:g5.xlarge",
                        "PricingCategory=Dynamic")
                .row(
                        "ChargePeriodStart=2026-06-01T00:00:00Z",
                        "ChargePeriodEnd=2026-06-08T00:00:00Z",
                        "EffectiveCost=7",
                        "SkuMeter=BoxUsage:g5.xlarge",
                        "PricingCategory=Standard");
    }

    @Test
    void a_charge_over_midnight_counts_by_its_seconds_on_each_day_and_a_row_of_a_week_is_on_none() {
        Course course = leaf("over midnight", "i-0a").course();
        assertThat(course.days()).hasSize(2);
        assertThat(course.days())
                .allSatisfy(day -> assertThat(day.periodSeconds()).isEqualTo(16 * 3600))
                .extracting(Course.Day::insideSeconds)
                .containsExactly(4 * 3600L, 12 * 3600L);
        assertThat(course.days().get(0).component()).isEqualTo(Component.TIME);
        assertThat(course.days().get(0).cost()).isEqualByComparingTo(new BigDecimal("16"));
        assertThat(course.terms()).extracting(Course.Term::value).contains("g5.xlarge", "spot", "uncovered");
    }

    private static final List<String> MARKS = List.of(
            "ChargeClass=Correction",
            "ChargeClass=Correction,ChargePeriodStart=2026-06-28T07:00:00Z,ChargePeriodEnd=2026-06-28T08:00:00Z",
            "ChargeClass=Correction,ChargePeriodEnd=2026-06-28T00:00:00Z",
            "ChargeClass=Correction,SkuMeter=BoxUsage:p4d.24xlarge,PricingCategory=Dynamic",
            "ChargeClass=correction,ConsumedUnit=GB,SkuMeter=DataTransfer-Out-Bytes",
            "ChargeFrequency=One-Time,ChargeCategory=Purchase",
            "ChargeFrequency=One-Time,ChargePeriodStart=2026-06-01T00:00:00Z,ChargePeriodEnd=2026-07-01T00:00:00Z");

    /** An instance for each of them. */
    private static FocusCsv marked() {
        FocusCsv bill = new FocusCsv();
        for (String marks : MARKS) {
            String id = "ResourceId=i-" + MARKS.indexOf(marks);
            days(bill, 1, 31, id, "EffectiveCost=24", "SkuMeter=BoxUsage:g5.xlarge");
            days(bill, 28, 29, (id + ",EffectiveCost=2000,SkuMeter=BoxUsage:g5.xlarge," + marks).split(","));
        }
        return bill;
    }

    @ParameterizedTest
    @FieldSource("MARKS")
    void a_correction_and_what_is_paid_once_are_in_the_cost_of_the_window_and_never_in_the_run_rate(String marks) {
        LeafCost leaf = leaf("marked", "i-" + MARKS.indexOf(marks));
        Spend spend = RunRate.of(leaf, TestStore.JUNE, Instant.parse("2026-07-20T00:00:00Z"));
        assertThat(leaf.inWindow().subtract(new BigDecimal("720")).abs()).isEqualByComparingTo("2000");
        assertThat(spend.monthlyRunRate()).isEqualByComparingTo("730");
        assertThat(spend.changedAt()).isNull();
        assertThat(leaf.course().terms()).extracting(Course.Term::value).doesNotContain("spot");
    }

    private static FocusCsv onlyCorrected() {
        FocusCsv bill = days(new FocusCsv(), 1, 31, "ResourceId=i-other");
        days(bill, 28, 29, "ResourceId=i-corrected", "ChargeClass=Correction");
        days(bill, 1, 31, "ResourceId=i-discounted", "EffectiveCost=2");
        days(
                bill,
                1,
                31,
                "ResourceId=i-discounted",
                "EffectiveCost=-1",
                "ChargeCategory=Credit",
                "ChargeFrequency=One-Time",
                "ChargeDescription=Private pricing discount");
        bill.row(
                "ResourceId=i-year",
                "EffectiveCost=8760",
                "ChargeFrequency=One-Time",
                "ChargePeriodStart=2026-01-01T00:00:00Z",
                "ChargePeriodEnd=2027-01-01T00:00:00Z");
        return bill;
    }

    @Test
    void what_only_a_correction_is_of_has_no_run_rate_and_a_price_credit_or_a_year_paid_at_once_has() {
        String name = "not in the run rate";
        assertThat(runRate(name, "i-corrected")).isEqualByComparingTo("0");
        assertThat(runRate(name, "i-discounted")).isEqualByComparingTo(runRate(name, "i-other"));
        assertThat(Money.toCents(runRate(name, "i-year"))).isEqualByComparingTo("730");
    }

    private static final List<Arguments> PURCHASES = List.of(
            arguments("ChargeFrequency=One-Time", "730"),
            arguments("ChargeFrequency=Recurring", "730"),
            arguments("ChargeClass=Correction", "0"),
            arguments("EffectiveCost=-500;ChargeClass=Correction", "0"),
            arguments("CommitmentDiscountId=ri-1;ChargeFrequency=Recurring", "730"),
            arguments("CommitmentDiscountId=ri-1;ChargeFrequency=Recurring;ChargeClass=Correction", "0"),
            arguments("CommitmentDiscountId=ri-1;ChargeFrequency=One-Time", "0"));

    /** Each under its marks, made an id. */
    private static FocusCsv bought() {
        FocusCsv bill = days(new FocusCsv(), 1, 31, "ResourceId=i-other");
        for (Arguments purchase : PURCHASES) {
            String marks = (String) purchase.get()[0];
            List<String> cells = new ArrayList<>(List.of(
                    "ChargePeriodStart=2026-06-01T00:00:00Z",
                    "ChargePeriodEnd=2026-07-01T00:00:00Z",
                    "ResourceId=" + idOf(marks),
                    "ChargeCategory=Purchase",
                    "ChargeDescription=EC2 Capacity Block reservation fee for p5.48xlarge",
                    "BilledCost=720",
                    "EffectiveCost=720"));
            cells.addAll(List.of(marks.replace("ri-1", "ri-" + idOf(marks)).split(";")));
            bill.row(cells.toArray(String[]::new));
        }
        return bill;
    }

    private static String idOf(String marks) {
        return marks.replaceAll("[^A-Za-z0-9]+", "-");
    }

    @ParameterizedTest
    @FieldSource("PURCHASES")
    void capacity_bought_for_the_month_is_in_the_run_rate_and_no_correction_of_it_nor_a_term_paid_up_front(
            String marks, String expected) {
        LeafCost leaf = leaf("bought", idOf(marks));
        assertThat(leaf.parts()).extracting(LeafCost.Part::component).containsOnly(Component.COMMITMENT);
        assertThat(Money.toCents(RunRate.of(leaf, TestStore.JUNE, Instant.parse("2026-07-20T00:00:00Z"))
                        .monthlyRunRate()))
                .isEqualByComparingTo(expected);
    }

    private static final List<Arguments> NUMBERS = List.of(
            arguments("provisioned_throughput", "", "730.00", "2026-06-28"),
            arguments("inference_endpoint", "none", "730.00", "2026-06-28"),
            arguments("inference_endpoint", "enabled", "1981.43", null),
            arguments("inference_endpoint", "suspended", "730.00", "2026-06-28"),
            arguments("inference_endpoint", "", "730.00", "2026-06-28"),
            arguments("provisioned_throughput", "enabled", "1981.43", null),
            arguments("training_cluster", "", "730.00", "2026-06-28"),
            arguments("node_group", "false", "730.00", "2026-06-28"),
            arguments("instance", "", "730.00", "2026-06-28"),
            arguments("inference_endpoint", "Unknown,,8", "1981.43", null),
            arguments("inference_endpoint", ",1,8", "1981.43", null),
            arguments("inference_endpoint", "None,1,8", "730.00", "2026-06-28"),
            arguments("inference_endpoint", "enabled,2,2", "730.00", "2026-06-28"),
            arguments("node_group", ",,8", "1981.43", null));

    private static void addFewer() {
        FocusCsv bill = new FocusCsv();
        List<String> inventory = new ArrayList<>();
        inventory.add("resource_id,kind,provider,account_id,created_at,autoscaling,min_nodes,max_nodes");
        for (Arguments number : NUMBERS) {
            String kind = (String) number.get()[0];
            String autoscaling = (String) number.get()[1];
            String id = scaledId(kind, autoscaling);
            days(bill, 1, 28, "ResourceId=" + id, "BilledCost=96", "EffectiveCost=96", "ConsumedQuantity=96");
            days(bill, 28, 31, "ResourceId=" + id, "BilledCost=24", "EffectiveCost=24", "ConsumedQuantity=24");
            inventory.add(id + "," + kind + ",aws,123456789012,2026-01-05," + autoscaling
                    + (autoscaling.contains(",") ? "" : ",,"));
        }
        CASES.add("fewer", bill, inventory.toArray(String[]::new));
    }

    private static String scaledId(String kind, String autoscaling) {
        return "i-" + kind + autoscaling.replace(',', '-');
    }

    /** Four until 27 June, one since, for three days; the word for its scaling, with the least and the most number. */
    @ParameterizedTest
    @FieldSource("NUMBERS")
    void fewer_of_what_is_not_known_to_scale_cost_less_from_then_on(
            String kind, String autoscaling, BigDecimal expected, LocalDate changedAt) {
        Spend spend = RunRate.of(
                leaf("fewer", scaledId(kind, autoscaling)), TestStore.JUNE, Instant.parse("2026-07-20T00:00:00Z"));
        assertThat(Money.toCents(spend.monthlyRunRate())).isEqualByComparingTo(expected);
        assertThat(spend.changedAt()).isEqualTo(changedAt);
    }

    private static void addParts() {
        FocusCsv bill = new FocusCsv();
        for (String cluster : List.of("c-scales", "c-fixed", "c-part")) {
            days(
                    bill,
                    1,
                    31,
                    "ResourceId=" + cluster,
                    "BilledCost=96",
                    "EffectiveCost=96",
                    "ServiceName=Amazon SageMaker");
        }
        CASES.add(
                "parts",
                bill,
                INSTANCES + ",parent_id,autoscaling,min_nodes,max_nodes",
                "c-scales,training_cluster,aws,123456789012,eu-west-1,,,,1,8",
                "i-scales,instance,aws,123456789012,eu-west-1,g5.xlarge,c-scales,,,",
                "c-fixed,training_cluster,aws,123456789012,eu-west-1,,,,2,2",
                "i-fixed,instance,aws,123456789012,eu-west-1,g5.xlarge,c-fixed,,,",
                "c-part,training_cluster,aws,123456789012,eu-west-1,,,,,",
                "i-part,instance,aws,123456789012,eu-west-1,g5.xlarge,c-part,enabled,,");
    }

    @ParameterizedTest
    @CsvSource({"i-scales, true", "i-fixed, false", "i-part, true"})
    void a_part_of_a_bill_knows_whether_it_or_its_parent_scales(String id, boolean scales) {
        assertThat(leaf("parts", id).parent().scales()).isEqualTo(scales);
    }

    private static void addUnits() {
        int[] comesAndGoes = {4, 4, 4, 1, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 1, 1, 1};
        addUnits("comes and goes", "provisioned_throughput", "ConsumedQuantity", comesAndGoes);
        addUnits("more provisioned_throughput", "provisioned_throughput", "ConsumedQuantity", steps(26, 1, 4, 4));
        addUnits("more training_cluster", "training_cluster", "ConsumedQuantity", steps(26, 1, 4, 4));
        int[] changedBefore = steps(10, 8, 1, 7, 15, 6, 4, 2);
        addUnits("changed before", "provisioned_throughput", "ConsumedQuantity", changedBefore);
        addUnits("fewer on the last day", "provisioned_throughput", "ConsumedQuantity", steps(29, 4, 1, 1));
        addUnits("without a quantity", "provisioned_throughput", "ChargeDescription", steps(26, 4, 4, 1));
        addUnits("more for a few days", "provisioned_throughput", "ConsumedQuantity", steps(19, 2, 7, 4, 4, 2));
        addUnits("last day not complete", "provisioned_throughput", lastDayNotComplete());
    }

    /** By the day, from June 1 on, the hours of units or what they cost. */
    private static void addUnits(String name, String kind, String column, int... amounts) {
        FocusCsv bill = new FocusCsv();
        for (int day = 1; day <= amounts.length; day++) {
            String paid = String.valueOf(24 * amounts[day - 1]);
            days(bill, day, day + 1, "BilledCost=" + paid, "EffectiveCost=" + paid, column + "=" + paid);
        }
        addUnits(name, kind, bill);
    }

    private static void addUnits(String name, String kind, FocusCsv bill) {
        CASES.add(name, bill, UNITS, "i-0a," + kind + ",aws,123456789012,2026-01-05");
    }

    private static BigDecimal runRateOf(String name) {
        return Money.toCents(runRate(name, "i-0a"));
    }

    private static int[] steps(int... daysAndNumbers) {
        return IntStream.range(0, daysAndNumbers.length / 2)
                .flatMap(step ->
                        IntStream.generate(() -> daysAndNumbers[2 * step + 1]).limit(daysAndNumbers[2 * step]))
                .toArray();
    }

    @Test
    void a_number_that_comes_and_goes_is_no_change() {
        assertThat(runRateOf("comes and goes")).isEqualByComparingTo("1981.43");
    }

    @ParameterizedTest
    @CsvSource({"provisioned_throughput, 2920.00", "training_cluster, 1981.43"})
    void more_of_what_may_scale_may_be_a_load(String kind, BigDecimal expected) {
        assertThat(runRateOf("more " + kind)).isEqualByComparingTo(expected);
    }

    @Test
    void a_number_that_changed_before_may_change_for_good() {
        assertThat(runRateOf("changed before")).isEqualByComparingTo("1460");
    }

    @Test
    void fewer_on_the_last_day_only_cost_no_more_than_they_do() {
        assertThat(runRateOf("fewer on the last day")).isEqualByComparingTo("730");
    }

    @Test
    void where_no_line_has_a_quantity_the_cost_of_an_hour_shows_what_changed() {
        assertThat(runRateOf("without a quantity")).isEqualByComparingTo("730");
    }

    private static FocusCsv anotherMeter() {
        FocusCsv bill = days(new FocusCsv(), 1, 31, "EffectiveCost=24", "ConsumedQuantity=24", "SkuMeter=BoxUsage:a");
        return days(bill, 28, 31, "EffectiveCost=72", "ConsumedQuantity=24", "SkuMeter=BoxUsage:b");
    }

    @Test
    void another_meter_beside_it_is_no_other_price() {
        assertThat(runRateOf("another meter")).isEqualByComparingTo("1668.57");
    }

    @Test
    void what_was_more_for_a_few_days_is_what_it_was() {
        assertThat(runRateOf("more for a few days")).isEqualByComparingTo("1460");
    }

    private static FocusCsv lastDayNotComplete() {
        FocusCsv bill = days(new FocusCsv(), 1, 24, "BilledCost=96", "EffectiveCost=96", "ConsumedQuantity=96");
        days(bill, 24, 30, "BilledCost=24", "EffectiveCost=24", "ConsumedQuantity=24");
        return days(bill, 30, 31, "BilledCost=14", "EffectiveCost=14", "ConsumedQuantity=14");
    }

    @Test
    void a_last_day_that_is_not_complete_hides_no_change_before_it() {
        assertThat(runRate("last day not complete", "i-0a")).isLessThan(new BigDecimal("731"));
    }

    private static final List<Arguments> HOSTED = List.of(
            arguments("Fine-tuned", "730"), arguments("fine-tuned on demand", "438"), arguments("imported", "438"));

    private static void addModels() {
        FocusCsv bill = days(new FocusCsv(), 1, 31, "ResourceId=i-on", "EffectiveCost=24");
        List<String> inventory = new ArrayList<>();
        inventory.add("resource_id,kind,provider,account_id,region,created_at,attributes");
        for (Arguments hosted : HOSTED) {
            String hosting = (String) hosted.get()[0];
            String id = "m " + hosting;
            days(bill, 13, 31, "ResourceId=" + id, "EffectiveCost=24", "ConsumedUnit=Hours", "PricingUnit=Hours");
            inventory.add(id + ",model_usage,aws,111111111111,eu-west-1,2026-06-13T00:00:00Z,\"{\"\"hosting\"\": \"\""
                    + hosting + "\"\"}\"");
        }
        CASES.add("models", bill, inventory.toArray(String[]::new));
    }

    @ParameterizedTest
    @FieldSource("HOSTED")
    void a_model_that_is_hosted_by_the_hour_has_the_run_rate_of_an_endpoint_and_one_that_is_called_does_not(
            String hosting, String expected) {
        assertThat(Money.toCents(runRate("models", "m " + hosting))).isEqualByComparingTo(expected);
    }

    private static FocusCsv correctedLater() {
        FocusCsv bill = days(new FocusCsv(), 1, 31, "ResourceId=i-on");
        days(bill, 1, 20, "ResourceId=i-gone");
        return days(bill, 29, 30, "ResourceId=i-gone", "ChargeClass=Correction");
    }

    @Test
    void a_correction_does_not_hide_that_a_resource_is_no_longer_charged() {
        assertThat(ended("corrected later", "i-gone").since()).isEqualTo("2026-06-20T00:00:00Z");
    }

    private static FocusCsv awayForDays() {
        FocusCsv bill = new FocusCsv();
        days(bill, 1, 31, "ResourceId=i-on");
        days(bill, 1, 28, "ResourceId=i-gone");
        days(bill, 1, 29, "ResourceId=i-two-days");
        days(bill, 1, 10, "ResourceId=i-weekly");
        days(bill, 20, 25, "ResourceId=i-weekly");
        days(bill, 1, 20, "ResourceId=i-other-account", "SubAccountId=999999999999");
        return bill;
    }

    @Test
    void what_is_not_charged_for_longer_than_two_days_and_than_ever_before_is_gone_while_the_bill_goes_on() {
        String name = "away for days";
        assertThat(ended(name, "i-gone").why())
                .isEqualTo(
                        "No longer charged since 2026-06-28, while the bill of its account continues to 2026-06-30.");
        assertThat(ended(name, "i-gone").since()).isEqualTo("2026-06-28T00:00:00Z");
        assertThat(ended(name, "i-on")).isNull();
        assertThat(ended(name, "i-two-days")).isNull();
        assertThat(ended(name, "i-weekly")).as("it was away for longer before").isNull();
        assertThat(ended(name, "i-other-account"))
                .as("the bill of its account does not go on")
                .isNull();
    }

    private static FocusCsv ofTwoAccounts() {
        FocusCsv bill = new FocusCsv();
        days(bill, 1, 31, "ResourceId=i-on");
        days(bill, 1, 21, "ResourceId=i-other-account", "SubAccountId=999999999999");
        bill.row(
                "ResourceId=i-weekly",
                "ChargePeriodStart=2026-06-18T00:00:00Z",
                "ChargePeriodEnd=2026-06-25T00:00:00Z");
        bill.row("ResourceId=fee", "SubAccountId=777777777777", "ChargeCategory=Purchase");
        return bill;
    }

    @Test
    void each_leaf_knows_where_the_bill_of_its_account_ends_and_a_row_longer_than_the_pause_ends_nothing() {
        String name = "end of the account";
        assertThat(leaf(name, "i-on").course().billedTo()).isEqualTo("2026-07-01T00:00:00Z");
        assertThat(leaf(name, "i-other-account").course().billedTo()).isEqualTo("2026-06-21T00:00:00Z");
        assertThat(leaf(name, "i-on").course().ended()).isNull();
        assertThat(ended(name, "i-other-account")).isNull();
        assertThat(ended(name, "i-weekly")).isNull();
        assertThat(ended(name, "fee")).as("its account has no metered charge").isNull();
    }

    private static void month(FocusCsv bill, String id, String from, String to) {
        bill.row(
                "ResourceId=" + id, "ChargePeriodStart=" + from + "T00:00:00Z", "ChargePeriodEnd=" + to + "T00:00:00Z");
    }

    private static void addMonths(CasesApart cases, boolean isOnlyMonths) {
        FocusCsv bill = new FocusCsv();
        if (!isOnlyMonths) {
            days(bill, 1, 31, "ResourceId=i-daily");
        }
        month(bill, "i-on", "2026-05-01", "2026-06-01");
        month(bill, "i-gone", "2026-05-01", "2026-06-01");
        month(bill, "i-on", "2026-06-01", "2026-07-01");
        month(bill, "i-on", "2026-07-01", "2026-08-01");
        month(bill, "i-half", "2026-05-15", "2026-06-15");
        bill.row(
                "ResourceId=i-other-account",
                "SubAccountId=999999999999",
                "ChargePeriodStart=2026-05-01T00:00:00Z",
                "ChargePeriodEnd=2026-06-01T00:00:00Z");
        cases.add(
                "months",
                bill,
                "resource_id,kind,provider,account_id",
                "i-gone,instance,aws,123456789012",
                "i-other-account,instance,aws,999999999999",
                "i-half,instance,aws,123456789012");
    }

    /** The bill of all goes on to July here. A store for each: in one, the bill of months would have rows of days. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rows_of_months_have_stopped_where_others_of_their_account_have_the_next_one(boolean isOnlyMonths) {
        CasesApart cases = new CasesApart();
        String name = "months";
        addMonths(cases, isOnlyMonths);
        try (TestStore months = cases.store(folder)) {
            assertThat(ended(months, cases.resource(name, "i-other-account"))).isNull();
            assertThat(ended(months, cases.resource(name, "i-gone")).why())
                    .isEqualTo("No longer charged since 2026-06-01, while the bill of its account continues to"
                            + " 2026-06-30.");
            assertThat(ended(months, cases.resource(name, "i-on"))).isNull();
            assertThat(ended(months, cases.resource(name, "i-half")))
                    .as("nobody has a row for the month after")
                    .isNull();
        }
    }

    private static Course.Ended ended(TestStore store, String id) {
        return store.leaf(id).course().ended();
    }

    /** Two instances, of which an inventory may list the first. */
    private static FocusCsv two() {
        FocusCsv bill = new FocusCsv();
        for (String id : new String[] {"i-0a1", "i-0a2"}) {
            days(bill, 1, 31, "ResourceId=" + id, "RegionId=eu-west-1", "SkuMeter=BoxUsage:g5.xlarge");
        }
        return bill;
    }

    @Test
    void a_rejected_row_of_the_inventory_may_be_what_is_not_listed() {
        CasesApart cases = new CasesApart();
        cases.add("rejected", two(), INSTANCES + ",replicas", LISTED + ",1", LISTED.replace("0a1", "0a2") + ",many");
        try (TestStore rejected = cases.store(folder)) {
            assertThat(ended(rejected, cases.resource("rejected", "i-0a2"))).isNull();
        }
    }

    private static void addNotListed() {
        FocusCsv bill = two();
        days(bill, 1, 31, "ResourceId=i-0a3", "RegionId=us-east-1", "SkuMeter=BoxUsage:g5.xlarge");
        days(bill, 1, 31, "ResourceId=i-0a4", "RegionId=eu-west-1", "SkuMeter=BoxUsage:m5.xlarge");
        CASES.add("not listed", bill, INSTANCES, LISTED);
        FocusCsv silent = new FocusCsv();
        days(silent, 1, 31, "ResourceId=i-0a1", "RegionId=eu-west-1", "SkuMeter=BoxUsage:g5.xlarge");
        days(silent, 1, 20, "ResourceId=i-0a2", "RegionId=eu-west-1", "SkuMeter=BoxUsage:g5.xlarge");
        CASES.add("neither listed nor charged", silent, INSTANCES, LISTED);
    }

    @Test
    void what_the_inventory_does_not_list_though_it_lists_its_kind_there_is_gone() {
        String name = "not listed";
        assertThat(ended(name, "i-0a2").why()).isEqualTo("Not in the inventory, but billed until 2026-06-30.");
        assertThat(ended(name, "i-0a2").since()).isNull();
        assertThat(ended(name, "i-0a1")).isNull();
        assertThat(ended(name, "i-0a3")).as("nothing is listed there").isNull();
        assertThat(ended(name, "i-0a4"))
                .as("inventories list instances with accelerators")
                .isNull();
    }

    /** Source, account, region and dataset of a gap, and whether what is not listed is gone. */
    private static final List<Arguments> GAPS = Cases.of("""
            aws | 123456789012 | eu-west-1 | inventory | false
            aws | 123456789012 | | inventory | false
            files | | | billing | true
            aws | 123456789012 | us-east-1 | inventory | true
            aws | 999999999999 | eu-west-1 | inventory | true
            aws | 123456789012 | eu-west-1 | metrics | true
            aws | 123456789012 | eu-west-1 | details | true
            azure | 123456789012 | eu-west-1 | inventory | true
            """);

    private static String nameOf(Object... gap) {
        return "gap " + Arrays.asList(gap).subList(0, 4);
    }

    private static Gap gapOf(Arguments gap) {
        String account = Cases.text(gap, 1);
        return new Gap(Cases.text(gap, 0), "metrics of eu-west-1", "p.", "f.")
                .in(
                        account == null ? null : CASES.account(nameOf(gap.get()), account),
                        Cases.text(gap, 2),
                        Cases.text(gap, 3));
    }

    @ParameterizedTest
    @FieldSource("GAPS")
    void a_gap_of_the_inventory_of_its_account_and_region_may_be_what_is_not_listed(
            String source, String account, String region, String dataset, boolean gone) {
        String name = nameOf(source, account, region, dataset);
        assertThat(ended(name, "i-0a2") != null).isEqualTo(gone);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"aws, -", "files, inventory"})
    void a_gap_of_the_whole_inventory_may_be_what_is_not_listed(String source, String dataset) {
        CasesApart cases = new CasesApart();
        cases.add("lacking", two(), INSTANCES, LISTED);
        try (TestStore lacking = TestStore.of(folder, IngestSettings.NONE, staging -> {
            cases.stage(staging, folder);
            staging.gap(new Gap(source, "metrics of eu-west-1", "p.", "f.").in(null, null, dataset));
        })) {
            assertThat(ended(lacking, cases.resource("lacking", "i-0a2"))).isNull();
        }
    }

    @Test
    void what_is_neither_listed_nor_charged_any_longer_is_gone_since_its_last_charge() {
        Course.Ended ended = ended("neither listed nor charged", "i-0a2");
        assertThat(ended.since()).isEqualTo("2026-06-20T00:00:00Z");
        assertThat(ended.why()).startsWith("No longer charged since 2026-06-20");
    }

    private static FocusCsv withoutWords() {
        FocusCsv bill = new FocusCsv();
        bill.row(
                "ResourceId=arn:aws:sagemaker:us-east-1:123456789012:endpoint/a",
                "ServiceName=Amazon SageMaker",
                "ConsumedUnit=",
                "ChargeDescription=$7.09 for Hosting ml.g5.12xlarge");
        bill.row(
                "ResourceId=arn:aws:sagemaker:us-east-1:123456789012:endpoint/b",
                "ServiceName=Amazon SageMaker",
                "ConsumedUnit=",
                "ChargeDescription=$0.016 per GB Data Transfer OUT");
        bill.row("ResourceId=arn:aws:odd:us-east-1:123456789012:thing/c", "ServiceName=Odd", "ConsumedUnit=Units");
        return bill;
    }

    @Test
    void a_component_that_no_word_names_follows_from_the_kind_or_is_undetermined() {
        String name = "no word";
        assertThat(leaf(name, "arn:aws:sagemaker:us-east-1:123456789012:endpoint/a")
                        .inWindow(Component.TIME))
                .isEqualByComparingTo("1");
        assertThat(leaf(name, "arn:aws:sagemaker:us-east-1:123456789012:endpoint/b")
                        .inWindow(Component.USAGE))
                .isEqualByComparingTo("1");
        assertThat(leaf(name, "arn:aws:odd:us-east-1:123456789012:thing/c").undetermined())
                .isEqualByComparingTo("1");
    }
}
