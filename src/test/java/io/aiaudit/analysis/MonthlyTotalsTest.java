package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Spend;
import io.aiaudit.model.TestLeaf;
import io.aiaudit.model.Window;
import io.aiaudit.savings.MonthlyCost;
import io.aiaudit.store.WindowCost;
import io.aiaudit.testing.PageTables;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What everything costs a month, against the example of docs/money.md. */
class MonthlyTotalsTest {
    private static final Fleets NO_FLEETS = new Fleets(List.of(), Map.of(), null, null);
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    private static final BigDecimal HOURS = BigDecimal.valueOf(720);

    private static Instant day(String cell) {
        return cell == null ? null : Instant.parse(cell + "T00:00:00Z");
    }

    private static WindowCost bill(Map<String, String> row) {
        return new WindowCost(
                row.get("bill of"),
                new BigDecimal(row.get("effective cost")),
                new BigDecimal(row.get("of it AI")),
                new BigDecimal(row.get("hours")));
    }

    /** Of AWS, whose bill covers the window. */
    private static LeafCost leaf(Map<String, String> row) {
        Resource resource = Resource.builder(row.get("resource"), "inference_endpoint", "aws")
                .createdAt(day(row.get("created")))
                .endedAt(day(row.get("ended")))
                .build();
        if (row.get("cost inside") == null) {
            return TestLeaf.of(
                    resource, null, null, List.of(), CostBasis.LIST, HOURS, new BigDecimal(row.get("price per hour")));
        }
        LeafCost.Part part =
                new LeafCost.Part(Component.TIME, new BigDecimal(row.get("cost inside")), BigDecimal.ZERO, 3600, 3600);
        return TestLeaf.of(resource, JUNE.start(), JUNE, List.of(part), CostBasis.EFFECTIVE, HOURS, null);
    }

    private static MonthlyTotals totals(List<Map<String, String>> bills, List<Map<String, String>> resources) {
        List<LeafCost> leaves = resources.stream().map(MonthlyTotalsTest::leaf).toList();
        Set<String> ai = resources.stream()
                .filter(row -> "yes".equals(row.get("AI")))
                .map(row -> row.get("resource"))
                .collect(Collectors.toSet());
        Map<String, Spend> spend = new HashMap<>();
        leaves.forEach(leaf -> spend.put(leaf.resource().resourceId(), MonthlyCost.of(leaf, JUNE)));
        return MonthlyTotals.of(bills.stream().map(MonthlyTotalsTest::bill).toList(), leaves, ai, spend, NO_FLEETS);
    }

    @Test
    void where_no_bill_is_read_and_no_machine_runs_what_everything_costs_is_unknown_and_not_nothing() {
        Map<String, String> stopped = new HashMap<>(Map.of("resource", "i-1", "price per hour", "0"));
        assertThat(totals(List.of(), List.of(stopped)).all()).isNull();
        stopped.put("price per hour", "1.5");
        assertThat(totals(List.of(), List.of(stopped)).all()).isEqualByComparingTo("1095");
    }

    @Test
    void a_bill_that_begins_or_ends_within_an_hour_is_a_month_of_its_seconds() {
        Instant start = JUNE.start();
        for (String period : List.of("PT30M", "PT719H59M59S", "PT5S")) {
            Duration covered = Duration.parse(period);
            Window window = new Window(start, start.plus(covered));
            BigDecimal cost = BigDecimal.valueOf(covered.toMillis()); // a thousand for each second
            LeafCost.Part part = new LeafCost.Part(Component.TIME, cost, BigDecimal.ZERO, 3600, 3600);
            LeafCost leaf = TestLeaf.of(
                    Resource.builder("i-1", "instance", "aws").build(),
                    start,
                    window,
                    List.of(part),
                    CostBasis.EFFECTIVE,
                    window.exactHours(),
                    null);
            MonthlyTotals totals = MonthlyTotals.of(
                    List.of(new WindowCost("aws", cost, BigDecimal.ZERO, window.exactHours())),
                    List.of(leaf),
                    Set.of(),
                    Map.of("i-1", MonthlyCost.of(leaf, JUNE)),
                    NO_FLEETS);
            assertThat(totals.all()).as(period).isEqualByComparingTo("2628000000");
        }
    }

    @Test
    void a_discount_that_names_no_machine_lowers_what_the_coming_month_costs() {
        LeafCost machine = billed("i-1", "7200");
        LeafCost discount = billed("aws:1/Amazon Elastic Compute Cloud", "-720");
        Map<String, Spend> spend = new HashMap<>();
        List.of(machine, discount).forEach(leaf -> spend.put(leaf.resource().resourceId(), MonthlyCost.of(leaf, JUNE)));
        MonthlyTotals totals = MonthlyTotals.of(
                List.of(new WindowCost("aws", new BigDecimal("6480"), BigDecimal.ZERO, HOURS)),
                List.of(machine, discount),
                Set.of(),
                spend,
                NO_FLEETS);
        assertThat(totals.all()).isEqualByComparingTo("6570");
        assertThat(totals.runRate()).isEqualByComparingTo("6570");
    }

    private static LeafCost billed(String id, String cost) {
        return TestLeaf.of(
                Resource.builder(id, "instance", "aws").build(),
                JUNE.start(),
                JUNE,
                List.of(new LeafCost.Part(Component.TIME, new BigDecimal(cost), BigDecimal.ZERO, 3600, 3600)),
                CostBasis.EFFECTIVE,
                HOURS,
                null);
    }

    @Test
    void the_page_and_the_code_agree_to_the_cent() throws IOException {
        Map<String, List<Map<String, String>>> tables = PageTables.of("money.md");
        List<Map<String, String>> bills = tables.get("bill of");
        List<Map<String, String>> resources = tables.get("resource");

        MonthlyTotals all = totals(bills, resources);

        assertThat(tables.get("totals").stream()
                        .collect(Collectors.toMap(row -> row.get("totals"), row -> row.get("a month"))))
                .isEqualTo(Map.of(
                        "monthly_cost", all.all().toPlainString(),
                        "monthly_ai_cost", all.ai().toPlainString()));
        for (Map<String, String> bill : bills) {
            MonthlyTotals one = totals(List.of(bill), List.of());
            assertThat(one.all()).as(bill.toString()).isEqualTo(bill.get("a month"));
            assertThat(one.ai()).as(bill.toString()).isEqualTo(bill.get("of it AI a month"));
        }
        BigDecimal billed = bills.stream()
                .map(bill -> new BigDecimal(bill.get("a month")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        for (Map<String, String> resource : resources) {
            assertThat(totals(bills, List.of(resource)).all().subtract(billed))
                    .as(resource.toString())
                    .isEqualTo(resource.get("adds"));
        }
    }

    /** Usage under a commitment of which the bill has the payment, beside a refund of as much, or more. */
    @Test
    void a_refund_of_what_a_commitment_paid_for_leaves_no_rate_and_no_error() {
        for (String refund : List.of("-100", "-150", "-40")) {
            LeafCost leaf = TestLeaf.of(
                            Resource.builder("i-1", "instance", "azure").build(),
                            JUNE.start(),
                            JUNE,
                            List.of(
                                    new LeafCost.Part(
                                            Component.TIME, new BigDecimal("100"), new BigDecimal("100"), 3600, 3600),
                                    new LeafCost.Part(
                                            Component.TIME, new BigDecimal(refund), BigDecimal.ZERO, 3600, 3600)),
                            CostBasis.LIST,
                            HOURS,
                            BigDecimal.ONE)
                    .withPaidInBill(new BigDecimal("100"));
            Map<String, Spend> spend = Map.of("i-1", MonthlyCost.of(leaf, JUNE));
            assertThat(MonthlyTotals.of(
                                    List.of(new WindowCost("azure", new BigDecimal("100"), BigDecimal.ZERO, HOURS)),
                                    List.of(leaf),
                                    Set.of(),
                                    spend,
                                    NO_FLEETS)
                            .runRate())
                    .as(refund)
                    .isEqualByComparingTo("0");
        }
    }

    /** What it covered was given back, so nothing of what is left is in its money. */
    @Test
    void covered_usage_that_was_given_back_whole_leaves_the_rate_of_the_rest() {
        BigDecimal covered = new BigDecimal("100");
        LeafCost leaf = TestLeaf.of(
                        Resource.builder("i-1", "instance", "azure").build(),
                        JUNE.start(),
                        JUNE,
                        List.of(
                                new LeafCost.Part(Component.TIME, covered, covered, 3600, 3600),
                                new LeafCost.Part(Component.TIME, covered.negate(), covered.negate(), 3600, 3600),
                                new LeafCost.Part(
                                        Component.STORAGE, new BigDecimal("720"), BigDecimal.ZERO, 3600, 3600)),
                        CostBasis.LIST,
                        HOURS,
                        BigDecimal.ONE)
                .withPaidInBill(covered);
        assertThat(MonthlyTotals.of(
                                List.of(new WindowCost("azure", covered, BigDecimal.ZERO, HOURS)),
                                List.of(leaf),
                                Set.of(),
                                Map.of("i-1", MonthlyCost.of(leaf, JUNE)),
                                NO_FLEETS)
                        .runRate())
                .isEqualByComparingTo("730");
    }

    /** A plan since the 16th, of which 720 were spent on what used it. */
    private static BigDecimal totalBesidePlan(String... costs) {
        Resource plan = Resource.builder("sp-1", "savings_plan", "aws")
                .createdAt(Instant.parse("2026-06-16T00:00:00Z"))
                .build();
        LeafCost leaf = TestLeaf.of(
                        plan,
                        plan.createdAt(),
                        JUNE,
                        Arrays.stream(costs)
                                .map(cost -> new LeafCost.Part(
                                        Component.COMMITMENT, new BigDecimal(cost), BigDecimal.ZERO, 3600, 3600))
                                .toList(),
                        costs.length == 0 ? CostBasis.UNPRICED : CostBasis.BILLED,
                        HOURS,
                        null)
                .withPaidForUsers(new BigDecimal("720"));
        return MonthlyTotals.of(
                        List.of(new WindowCost("aws", new BigDecimal("720"), BigDecimal.ZERO, HOURS)),
                        List.of(leaf),
                        Set.of(),
                        Map.of("sp-1", MonthlyCost.of(leaf, JUNE)),
                        NO_FLEETS)
                .all();
    }

    @Test
    void what_a_plan_within_the_window_cost_adds_only_as_far_as_nobody_used_it() {
        assertThat(totalBesidePlan("1440")).isEqualByComparingTo("1460");
        assertThat(totalBesidePlan("720")).isEqualByComparingTo("730");
        assertThat(totalBesidePlan("720", "-72")).as("a discount on its leaf").isEqualByComparingTo("730");
        assertThat(totalBesidePlan("720", "-720")).as("another was given back").isEqualByComparingTo("730");
        assertThat(totalBesidePlan()).as("usage without a price on its leaf").isEqualByComparingTo("730");
    }

    @Test
    void without_a_bill_and_a_list_price_nothing_is_known() {
        assertThat(totals(List.of(), List.of())).isEqualTo(new MonthlyTotals(null, null, null));
        LeafCost unpriced = TestLeaf.of(
                Resource.builder("edge", "notebook", "aws").build(),
                null,
                null,
                List.of(),
                CostBasis.UNPRICED,
                HOURS,
                null);
        Map<String, Spend> spend = Map.of("edge", MonthlyCost.of(unpriced, JUNE));
        assertThat(MonthlyTotals.of(List.of(), List.of(unpriced), Set.of(), spend, NO_FLEETS))
                .isEqualTo(new MonthlyTotals(null, null, null));
    }

    @Test
    void a_machine_that_a_bill_of_services_does_not_name_is_in_the_money_of_its_service() {
        LeafCost service = TestLeaf.of(
                Resource.builder("aws:1/Amazon Elastic Compute Cloud", "account", "aws")
                        .accountId("1")
                        .accountName(null)
                        .build(),
                JUNE.start(),
                JUNE,
                List.of(new LeafCost.Part(Component.TIME, new BigDecimal("720"), BigDecimal.ZERO, 3600, 3600)),
                CostBasis.EFFECTIVE,
                HOURS,
                null);
        WindowCost bill = new WindowCost("aws", new BigDecimal("720"), BigDecimal.ZERO, HOURS);

        assertThat(with(bill, service, machine("1")).all()).isEqualByComparingTo("730");
        assertThat(with(bill, service, machine("2")).all()).isEqualByComparingTo("1460");
        assertThat(with(bill, service, machine(null)).all())
                .as("nobody knows whether the bill has it")
                .isEqualByComparingTo("1460");
        assertThat(listed(service, machine("1")))
                .singleElement()
                .asString()
                .startsWith(
                        "aws account 1: the bill has no resource ids for 1 resource priced at list, 730.00 a month; "
                                + "their cost is part of the 730.00 a month");
        assertThat(listed(service, machine("2"))).isEmpty();
        assertThat(listed(service, machine(null))).isEmpty();
        assertThat(listed(service, machine("1", Map.of("runs_on", "i-2"))))
                .as("what runs on another machine has no line in any bill")
                .isEmpty();
    }

    /** For a dollar an hour. */
    private static LeafCost machine(String account) {
        return machine(account, Map.of());
    }

    private static LeafCost machine(String account, Map<String, String> attributes) {
        Resource resource = Resource.builder("i-1", "instance", "aws")
                .accountId(account)
                .accountName(null)
                .createdAt(Instant.EPOCH)
                .attributes(attributes)
                .build();
        return TestLeaf.of(resource, null, null, List.of(), CostBasis.LIST, HOURS, BigDecimal.ONE);
    }

    private static MonthlyTotals with(WindowCost bill, LeafCost service, LeafCost machine) {
        return MonthlyTotals.of(List.of(bill), List.of(service, machine), Set.of(), spend(service, machine), NO_FLEETS);
    }

    private static List<String> listed(LeafCost service, LeafCost machine) {
        return new ListedInBill(List.of(service, machine), spend(service, machine)).warnings();
    }

    private static Map<String, Spend> spend(LeafCost service, LeafCost machine) {
        return Map.of(
                service.resource().resourceId(),
                MonthlyCost.of(service, JUNE),
                machine.resource().resourceId(),
                MonthlyCost.of(machine, JUNE));
    }

    @Test
    void what_a_bill_has_no_price_for_is_added_to_what_it_has_one_for() {
        LeafCost.Part disks = new LeafCost.Part(Component.STORAGE, new BigDecimal("72"), BigDecimal.ZERO, 3600, 3600);
        LeafCost.Part covered = new LeafCost.Part(Component.TIME, HOURS, HOURS, 3600, 3600);
        LeafCost machine = TestLeaf.of(
                Resource.builder("vm-1", "instance", "azure").build(),
                JUNE.start(),
                JUNE,
                List.of(disks, covered),
                CostBasis.LIST,
                HOURS,
                null);
        Map<String, Spend> spend = Map.of("vm-1", MonthlyCost.of(machine, JUNE));
        WindowCost bill = new WindowCost("azure", new BigDecimal("72"), BigDecimal.ZERO, HOURS);

        MonthlyTotals totals = MonthlyTotals.of(List.of(bill), List.of(machine), Set.of("vm-1"), spend, NO_FLEETS);

        assertThat(totals.all()).isEqualByComparingTo("803");
        assertThat(totals.ai()).isEqualByComparingTo("730");
        assertThat(AiCosts.byLeaf(Map.of("vm-1", BigDecimal.ZERO), List.of(machine), spend))
                .hasEntrySatisfying("vm-1", cost -> assertThat(cost).isEqualByComparingTo("720"));
        assertThat(AiCosts.byLeaf(Map.of(), List.of(machine), spend)).isEmpty();
    }

    @Test
    void the_run_rate_has_no_machine_twice() {
        LeafCost service = member("aws:1/Amazon Elastic Compute Cloud", "account", false);
        WindowCost bill = new WindowCost("aws", new BigDecimal("720"), BigDecimal.ZERO, HOURS);
        assertThat(with(bill, service, machine("1")).runRate())
                .as("in the money of its service")
                .isEqualByComparingTo("730");
        LeafCost gone = member("i-1", "instance", true);
        assertThat(with(bill, gone, member("i-2", "instance", false)).runRate())
                .as("the other took its place")
                .isEqualByComparingTo("730");
    }

    private static LeafCost member(String id, String kind, boolean gone) {
        ResourceBuilder resource = Resource.builder(id, kind, "aws")
                .accountId("1")
                .accountName(null)
                .workload("w")
                .createdAt(Instant.EPOCH);
        return TestLeaf.of(
                (gone ? resource.endedAt(JUNE.end()) : resource).build(),
                JUNE.start(),
                JUNE,
                List.of(new LeafCost.Part(Component.TIME, HOURS, BigDecimal.ZERO, 3600, 3600)),
                CostBasis.EFFECTIVE,
                HOURS,
                null);
    }
}
