package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import io.aiaudit.savings.RunRate;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What is in a bill on one day of a month, and what time it is a price of. June has 720 hours: 720 are 730 a month. */
class PostedChargesTest {
    private static final Instant LATER = Instant.parse("2026-07-20T00:00:00Z");
    private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);

    @TempDir
    private Path folder;

    private static FocusCsv day(FocusCsv bill, LocalDate day, String... cells) {
        String[] all = new String[cells.length + 2];
        all[0] = "ChargePeriodStart=" + day + "T00:00:00Z";
        all[1] = "ChargePeriodEnd=" + day.plusDays(1) + "T00:00:00Z";
        System.arraycopy(cells, 0, all, 2, cells.length);
        return bill.row(all);
    }

    private static FocusCsv days(FocusCsv bill, String id, int from, int to, String... cells) {
        String[] all = new String[cells.length + 1];
        all[0] = "ResourceId=" + id;
        System.arraycopy(cells, 0, all, 1, cells.length);
        IntStream.range(from, to).forEach(day -> day(bill, JUNE.plusDays(day - 1L), all));
        return bill;
    }

    /** A bill that goes on all June beside what the test is about. */
    private static FocusCsv withOther() {
        return days(new FocusCsv(), "i-other", 1, 31, "EffectiveCost=24");
    }

    private Spend spend(FocusCsv bill, String id) {
        return spend(bill, id, TestStore.JUNE);
    }

    private Spend spend(FocusCsv bill, String id, Window window) {
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "b.csv"))) {
            return spend(store, id, window);
        }
    }

    private static Spend spend(TestStore store, String id, Window window) {
        LeafCost leaf = store.scan().leafCosts(window).stream()
                .filter(one -> one.resource().resourceId().endsWith(id))
                .findAny()
                .orElseThrow();
        return RunRate.of(leaf, window, LATER);
    }

    private static void assertMonthly(Spend spend, String cost) {
        assertThat(spend.gone()).isFalse();
        assertThat(Money.toCents(spend.monthlyCost())).isEqualByComparingTo(cost);
        assertThat(Money.toCents(spend.monthlyRunRate())).isEqualByComparingTo(cost);
        assertThat(spend.changedAt()).isNull();
    }

    private static final List<Integer> DAYS = List.of(1, 10, 25, 29, 30);
    private static final Once<Map<Integer, Spend>> POSTED_EACH_MONTH = new Once<>();

    private Map<Integer, Spend> postedEachMonth() {
        FocusCsv bill = withOther();
        for (int day : DAYS) {
            for (int month : new int[] {5, 6}) {
                day(
                        bill,
                        LocalDate.of(2026, month, day),
                        "ResourceId=i-" + day,
                        "EffectiveCost=720",
                        "ChargeFrequency=Recurring");
            }
        }
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "b.csv"))) {
            return DAYS.stream().collect(Collectors.toMap(day -> day, day -> spend(store, "i-" + day, TestStore.JUNE)));
        }
    }

    @ParameterizedTest
    @FieldSource("DAYS")
    void a_payment_that_comes_each_month_is_of_its_billing_period_on_whatever_day_it_is_posted(int day) {
        assertMonthly(POSTED_EACH_MONTH.get(this::postedEachMonth).get(day), "730.00");
    }

    @Test
    void months_that_are_counted_whole_are_such_payments_without_a_frequency_and_parts_of_a_month_are_metered() {
        FocusCsv bill = withOther();
        for (String id : List.of("whole", "part")) {
            String quantity = id.equals("whole") ? "1" : "0.0333";
            days(bill, id, 29, 30, "EffectiveCost=720", "ConsumedUnit=Months", "ConsumedQuantity=" + quantity);
        }
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "b.csv"))) {
            assertMonthly(spend(store, "whole", TestStore.JUNE), "730.00");
            // of two days, which are too few to be scaled
            assertMonthly(spend(store, "part", TestStore.JUNE), "720.00");
        }
    }

    private static final List<Arguments> PURCHASES = Cases.of("""
            2 | Node fee | Each | 730.00 730.00
            1 | Monthly node fee | Each | 730.00 730.00
            1 | Node fee | Each/Month | 730.00 730.00
            1 | Node fee | Months | 730.00 730.00
            1 | Node fee | Each | 730.00 0.00
            1 | Annual licence of a node | Hours | 730.00 0.00
            """);

    private static final List<Integer> PURCHASED_ON = List.of(10, 29);
    private static final Once<Map<String, Spend>> PURCHASED = new Once<>();

    /** By the months, what is bought, its unit and the day. */
    private Map<String, Spend> purchases() {
        Map<String, Spend> spend = new HashMap<>();
        for (String months : List.of("1", "2")) {
            List<Arguments> purchases = PURCHASES.stream()
                    .filter(row -> Cases.text(row, 0).equals(months))
                    .toList();
            CasesApart cases = new CasesApart();
            for (Arguments row : purchases) {
                PURCHASED_ON.forEach(day -> cases.add(purchase(row, day), purchaseOn(row, day)));
            }
            try (TestStore store = cases.store(folder)) {
                for (Arguments row : purchases) {
                    PURCHASED_ON.forEach(day -> spend.put(
                            purchase(row, day),
                            spend(store, cases.resource(purchase(row, day), "i-0a"), TestStore.JUNE)));
                }
            }
        }
        return spend;
    }

    private static String purchase(Arguments row, int day) {
        return Cases.text(row, 0) + Cases.text(row, 1) + Cases.text(row, 2) + day;
    }

    private static FocusCsv purchaseOn(Arguments row, int day) {
        FocusCsv bill = withOther();
        for (int month = 7 - Integer.parseInt(Cases.text(row, 0)); month <= 6; month++) {
            day(
                    bill,
                    LocalDate.of(2026, month, day),
                    "EffectiveCost=720",
                    "ChargeCategory=Purchase",
                    "SkuMeter=" + Cases.text(row, 1),
                    "PricingUnit=" + Cases.text(row, 2),
                    "PricingQuantity=1",
                    "ConsumedUnit=");
        }
        return bill;
    }

    /** In FOCUS a purchase is paid once or again, and never metered: 720 a month, or once. */
    @ParameterizedTest
    @FieldSource("PURCHASES")
    void a_purchase_without_a_frequency_comes_again_where_anything_shows_it(
            String months, String what, String unit, String expected) {
        for (int day : PURCHASED_ON) {
            Spend spend = PURCHASED.get(this::purchases).get(purchase(arguments(months, what, unit), day));
            assertThat(Money.toCents(spend.monthlyCost()) + " " + Money.toCents(spend.monthlyRunRate()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_purchase_of_each_day_without_a_frequency_keeps_its_days() {
        FocusCsv bill = days(withOther(), "i-0a", 1, 31, "EffectiveCost=24", "ChargeCategory=Purchase");
        assertMonthly(spend(bill, "i-0a"), "730.00");
        FocusCsv ended = days(withOther(), "i-0a", 1, 20, "EffectiveCost=24", "ChargeCategory=Purchase");
        assertThat(spend(ended, "i-0a").monthlyRunRate()).isZero();
    }

    @Test
    void what_is_paid_again_on_each_day_is_metered_by_the_day() {
        FocusCsv bill = days(withOther(), "i-0a", 1, 24, "EffectiveCost=48", "ChargeFrequency=Recurring");
        days(bill, "i-0a", 24, 31, "EffectiveCost=24", "ChargeFrequency=Recurring");
        assertThat(Money.toCents(spend(bill, "i-0a").monthlyRunRate())).isEqualByComparingTo("730.00");
    }

    private static final List<Arguments> DISCOUNTED =
            List.of(arguments(1, 2), arguments(30, 31), arguments(28, 31), arguments(10, 14));
    private static final Once<Map<Object, Spend>> DISCOUNTS = new Once<>();

    /** By the first day. */
    private Map<Object, Spend> discounts() {
        FocusCsv bill = withOther();
        for (Arguments discounted : DISCOUNTED) {
            int from = (int) discounted.get()[0];
            int to = (int) discounted.get()[1];
            days(bill, "i-" + from, 1, 31, "EffectiveCost=24");
            days(
                    bill,
                    "i-" + from,
                    from,
                    to,
                    "ChargeCategory=Credit",
                    "ChargeDescription=Negotiated discount",
                    "EffectiveCost=" + -144 / (to - from));
        }
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "b.csv"))) {
            return DISCOUNTED.stream()
                    .map(discounted -> discounted.get()[0])
                    .collect(Collectors.toMap(from -> from, from -> spend(store, "i-" + from, TestStore.JUNE)));
        }
    }

    @ParameterizedTest
    @FieldSource("DISCOUNTED")
    void a_discount_of_a_resource_that_is_not_on_most_days_is_of_its_billing_period(int from, int to) {
        assertMonthly(DISCOUNTS.get(this::discounts).get(from), "584.00");
    }

    @Test
    void a_discount_that_begins_and_is_on_each_day_since_is_metered_by_the_day() {
        FocusCsv bill = days(withOther(), "i-0a", 1, 31, "EffectiveCost=24");
        days(
                bill,
                "i-0a",
                20,
                31,
                "ChargeCategory=Credit",
                "ChargeDescription=Negotiated discount",
                "EffectiveCost=-4.8");
        assertThat(Money.toCents(spend(bill, "i-0a").monthlyRunRate())).isEqualByComparingTo("584.00");
    }

    /** Until the middle of June the payment of 25 June is not posted; that of 25 May is of the month up to then. */
    @Test
    void in_the_midst_of_a_period_the_payment_before_is_of_the_last_month_of_the_bill() {
        FocusCsv bill = new FocusCsv();
        for (LocalDate day = LocalDate.of(2026, 5, 1); day.isBefore(LocalDate.of(2026, 6, 16)); day = day.plusDays(1)) {
            day(bill, day, "ResourceId=i-other");
        }
        day(bill, LocalDate.of(2026, 5, 25), "EffectiveCost=744", "ChargeFrequency=Recurring");
        assertMonthly(spend(bill, "i-0a", Window.parse("2026-05-16/2026-06-16")), "730.00");
        day(bill, LocalDate.of(2026, 4, 25), "EffectiveCost=720", "ChargeFrequency=Recurring");
        assertMonthly(spend(bill, "i-0a", Window.parse("2026-05-26/2026-06-16")), "730.00");
    }

    @Test
    void a_payment_that_stopped_is_over_when_its_month_is() {
        FocusCsv bill = withOther();
        day(bill, LocalDate.of(2026, 3, 10), "EffectiveCost=720", "ChargeFrequency=Recurring");
        day(bill, LocalDate.of(2026, 4, 10), "EffectiveCost=720", "ChargeFrequency=Recurring");
        assertThat(spend(bill, "i-0a").gone()).isTrue();
    }

    /** Without a change nothing costs more from now on than in the window, unless it is on most days of it. */
    @Test
    void what_is_posted_on_a_few_days_has_no_run_rate_above_the_cost_of_the_window() {
        Random random = new Random(239);
        FocusCsv bill = withOther();
        List<String> ids = new ArrayList<>();
        for (int leaf = 0; leaf < 40; leaf++) {
            TreeSet<Integer> days = new TreeSet<>();
            random.ints(1 + random.nextInt(4), 1, 31).forEach(days::add);
            boolean onMostDays = days.size() >= 3 && 2 * days.size() > days.last() - days.first() + 1;
            if (!onMostDays) {
                String id = "posted-" + leaf;
                String[] cells = {
                    "EffectiveCost=" + (1 + random.nextInt(3000)),
                    leaf % 2 == 0 ? "ChargeFrequency=Recurring" : "ConsumedUnit=Month",
                    "ConsumedQuantity=1"
                };
                days.forEach(day -> days(bill, id, day, day + 1, cells));
                ids.add(id);
            }
        }
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "b.csv"))) {
            assertThat(ids).allSatisfy(id -> {
                Spend spend = spend(store, id, TestStore.JUNE);
                assertThat(spend.monthlyRunRate()).isLessThanOrEqualTo(spend.monthlyCost());
                assertThat(spend.gone()).isFalse();
            });
        }
    }

    @Test
    void a_row_of_a_month_is_of_the_part_of_it_that_its_resource_existed() {
        FocusCsv bill = new FocusCsv()
                .row("EffectiveCost=264", "ChargePeriodEnd=2026-07-01T00:00:00Z")
                .row("EffectiveCost=264", "ChargePeriodEnd=2026-07-01T00:00:00Z", "ResourceId=i-0b")
                .row(
                        "EffectiveCost=264",
                        "ChargePeriodEnd=2026-07-01T00:00:00Z",
                        "ResourceId=i-0c",
                        "ChargeFrequency=Recurring");
        Path inventory = TestStore.file(
                folder,
                "inventory.csv",
                "resource_id,kind,provider,created_at,ended_at",
                "i-0a,instance,aws,2026-06-20,",
                "i-0b,instance,aws,2026-01-05,2026-06-12",
                "i-0c,instance,aws,2026-06-20,");
        Window lastHalf = Window.parse("2026-06-16/2026-07-01");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "b.csv")));
            staging.files(TestStore.set(FileSet.Content.INVENTORY, inventory));
        })) {
            assertMonthly(spend(store, "i-0a", lastHalf), "730.00");
            assertThat(store.scan().leafCosts(lastHalf))
                    .filteredOn(leaf -> leaf.inWindow() != null)
                    .extracting(leaf -> leaf.resource().resourceId() + " " + Money.toCents(leaf.inWindow()))
                    .containsExactlyInAnyOrder("i-0a 264.00", "i-0c 132.00");
        }
    }

    private static BillText fees() {
        return new BillText(
                "lineItem/LineItemType", "Fee",
                "lineItem/UsageEndDate", "",
                "lineItem/CurrencyCode", "USD",
                "bill/PayerAccountId", "999922223333",
                "lineItem/UsageAccountId", "111122223333",
                "lineItem/UnblendedCost", "720");
    }

    /** Of what an account has. */
    private static BigDecimal runRate(TestStore store, String account) {
        List<LeafCost> leaves = store.scan().leafCosts(TestStore.JUNE).stream()
                .filter(leaf -> account.equals(leaf.resource().accountId()))
                .toList();
        assertThat(leaves).isNotEmpty();
        return leaves.stream()
                .map(leaf -> RunRate.of(leaf, TestStore.JUNE, LATER).monthlyRunRate())
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static final List<Arguments> FEES = Cases.of("""
            2026-05-01 | Monthly subscription | Model | 730.00
            2026-05-29 | Monthly subscription | Model | 730.00
            2026-04-01 | Monthly subscription | Model | 0.00
            2026-05-01 | Another subscription | Model | 0.00
            2026-05-01 | Monthly subscription | Other | 0.00
            """);

    private static final Once<Map<String, BigDecimal>> FEES_AGAIN = new Once<>();

    private static String fee(String before, String description, String product) {
        return before + description + product;
    }

    private Map<String, BigDecimal> feesAgain() {
        FilesApart files = new FilesApart(folder, "999922223333", "111122223333");
        List<String> names = new ArrayList<>();
        for (Arguments row : FEES) {
            String name = fee(Cases.text(row, 0), Cases.text(row, 1), Cases.text(row, 2));
            names.add(name);
            files.add(
                    name,
                    fees().row(
                                    "lineItem/UsageStartDate",
                                    Cases.text(row, 0) + "T00:00:00Z",
                                    "lineItem/ProductCode",
                                    Cases.text(row, 2),
                                    "lineItem/LineItemDescription",
                                    Cases.text(row, 1))
                            .row(
                                    "lineItem/UsageStartDate",
                                    "2026-06-01T00:00:00Z",
                                    "lineItem/ProductCode",
                                    "Model",
                                    "lineItem/LineItemDescription",
                                    "Monthly subscription"));
        }
        try (TestStore store = files.store()) {
            return names.stream()
                    .collect(Collectors.toMap(name -> name, name -> runRate(store, files.own(name, "111122223333"))));
        }
    }

    @ParameterizedTest
    @FieldSource("FEES")
    void a_fee_of_aws_comes_again_where_the_period_before_has_it_too(
            String before, String description, String product, String expected) {
        assertThat(Money.toCents(FEES_AGAIN.get(this::feesAgain).get(fee(before, description, product))))
                .isEqualByComparingTo(expected);
    }

    private static final List<Arguments> SUPPORT = Cases.of("""
            AWSSupportBusiness | 730.00
            AWSSupportEnterprise | 730.00
            AWSDeveloperSupport | 730.00
            Model | 0.00
            """);

    private static final Once<Map<String, BigDecimal>> SUPPORTED = new Once<>();

    /** By product, each in the bill of an account of its own. */
    private Map<String, BigDecimal> support() {
        FilesApart files = new FilesApart(folder, "999922223333", "111122223333");
        SUPPORT.forEach(row -> files.add(
                Cases.text(row, 0),
                fees().row(
                                "lineItem/UsageStartDate",
                                "2026-06-01T00:00:00Z",
                                "lineItem/UsageEndDate",
                                "2026-07-01T00:00:00Z",
                                "lineItem/ProductCode",
                                Cases.text(row, 0))));
        try (TestStore store = files.store()) {
            return SUPPORT.stream()
                    .map(row -> Cases.text(row, 0))
                    .collect(Collectors.toMap(
                            product -> product, product -> runRate(store, files.own(product, "111122223333"))));
        }
    }

    @ParameterizedTest
    @FieldSource("SUPPORT")
    void support_of_aws_comes_again(String product, String expected) {
        assertThat(Money.toCents(SUPPORTED.get(this::support).get(product))).isEqualByComparingTo(expected);
    }
}
