package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Gap;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.LeafCostBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.TestLeaf;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list price counts where nobody wanted a bill, and not where it may be more than is paid. */
class UncertainPricesTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    private static LeafCost billed(String provider, String account) {
        return TestLeaf.of(
                Resource.builder("billed", "instance", provider)
                        .accountId(account)
                        .build(),
                null,
                JUNE,
                List.of(new LeafCost.Part(Component.TIME, BigDecimal.TEN, BigDecimal.ZERO, 3600, 3600)),
                CostBasis.EFFECTIVE,
                null,
                null);
    }

    /** The resource is in account a of the provider; the gap, if any, is in an account of a source. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            its bill failed | azure | azure | a | billing | b | LIST | true
            that of all its subscriptions failed | azure | azure | - | billing | b | LIST | true
            the bill of another subscription failed | azure | azure | c | billing | b | LIST | false
            one bill has all accounts of AWS | aws | aws | c | billing | b | LIST | true
            one bill has all projects of Google Cloud | gcp | gcp | c | billing | b | LIST | true
            a file or a table of bills failed | aws | trino | - | billing | b | LIST | true
            the bill of another cloud failed | aws | azure | - | billing | b | LIST | false
            its account has a bill, in which the resource is not | azure | azure | a | billing | a | LIST | false
            its cost is known by a bill | azure | azure | a | billing | b | EFFECTIVE | false
            nobody requested a bill | azure | - | - | - | b | LIST | false
            something else failed | azure | azure | a | inventory | b | LIST | false
            nobody knows what failed | azure | azure | a | - | b | LIST | false
            """)
    void the_list_price_of_what_a_failed_bill_may_have_is_uncertain(
            String name,
            String provider,
            String source,
            String gapAccount,
            String dataset,
            String billedAccount,
            CostBasis basis,
            boolean uncertain) {
        List<Gap> gaps = source == null
                ? List.of()
                : List.of(new Gap(source, "s", "p", "f", gapAccount, null, dataset, List.of()));
        Resource resource =
                Resource.builder("i", "instance", provider).accountId("a").build();
        Spend spend =
                new Spend("i", Map.of(Component.TIME, BigDecimal.TEN), basis, BigDecimal.TEN, BigDecimal.ZERO, false);

        Spend applied = new UncertainPrices(gaps, List.of(billed(provider, billedAccount)), Map.of(), Map.of(), JUNE)
                .applied(listed(resource, null), spend);

        assertThat(applied.note() != null).as(name).isEqualTo(uncertain);
        assertThat(applied.runRate()).isEqualTo(spend.runRate());
    }

    @Test
    void a_bill_that_somebody_brought_needs_no_access() {
        Gap file = new Gap("files", "bill.csv", "p", "f", null, null, "billing", List.of());
        Gap cloud = new Gap("aws", "bill", "p", "f", null, null, "billing", List.of());
        assertThat(note(file)).endsWith(" Bring the bill again");
        assertThat(note(cloud)).endsWith(" Grant access to the bill");
        assertThat(note(file, cloud)).endsWith(" Grant access to the bill");
    }

    private static String note(Gap... gaps) {
        Resource resource =
                Resource.builder("i", "instance", "aws").accountId("a").build();
        Spend spend = new Spend(
                "i", Map.of(Component.TIME, BigDecimal.TEN), CostBasis.LIST, BigDecimal.TEN, BigDecimal.ZERO, false);
        return new UncertainPrices(List.of(gaps), List.of(), Map.of(), Map.of(), JUNE)
                .applied(listed(resource, null), spend)
                .note();
    }

    /** The resource is of the type T4 in westeurope of azure, or of the kind. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            its price failed | azure | - | list prices | t4 in westeurope | ALLOCATED | 1 | notebook | true
            it has no bill | azure | - | list prices | t4 in westeurope | LIST | 1 | notebook | true
            the price of another type failed | azure | - | list prices | a100 in westeurope | ALLOCATED | 1 | notebook \
            | false
            that of another region failed | azure | - | list prices | t4 in northeurope | ALLOCATED | 1 | notebook \
            | false
            all prices failed | azure | - | prices | - | ALLOCATED | 1 | notebook | true
            all prices of its region failed | azure | westeurope | prices | - | ALLOCATED | 1 | notebook | true
            all prices of another region failed | azure | eastus | prices | - | ALLOCATED | 1 | notebook | false
            those of a service failed | azure | - | list prices | Compute Engine | ALLOCATED | 1 | notebook | true
            those of spot machines failed | azure | - | spot prices | - | ALLOCATED | 1 | notebook | false
            those of another cloud failed | aws | - | prices | - | ALLOCATED | 1 | notebook | false
            no price takes part | azure | - | prices | - | ALLOCATED | - | notebook | false
            the bill has its cost | azure | - | prices | - | EFFECTIVE | 1 | notebook | false
            prices of disks are not requested | azure | - | prices | - | LIST | 1 | volume | false
            types have no disks | gcp | - | machine types | - | LIST | 1 | volume | false
            prices of disks of Google Cloud are | gcp | - | prices | Compute Engine | LIST | 1 | volume | true
            what types of Google Cloud consist of failed | gcp | - | machine types | - | LIST | 1 | notebook | true
            """)
    void a_built_in_price_instead_of_one_that_failed_is_uncertain(
            String name,
            String source,
            String region,
            String what,
            String object,
            CostBasis basis,
            BigDecimal price,
            String kind,
            boolean uncertain) {
        Gap gap = new Gap(
                source, "a " + what, "p", "f", "a", region, "prices", object == null ? List.of() : List.of(object));
        String provider = "aws".equals(source) ? "azure" : source;
        Resource resource = Resource.builder("i", kind, provider)
                .accountId("b")
                .region("westeurope")
                .machineType("T4")
                .build();
        Spend spend =
                new Spend("i", Map.of(Component.TIME, BigDecimal.TEN), basis, BigDecimal.TEN, BigDecimal.ZERO, false);
        LeafCost leaf = LeafCostBuilder.builder(listed(resource, null))
                .basis(basis)
                .listPricePerHour(price)
                .build();
        assertThat(isUncertain(gap, leaf, spend, "built-in, less 12 %"))
                .as(name)
                .isEqualTo(uncertain);
        assertThat(isUncertain(gap, leaf, spend, "prices.csv")).as(name).isFalse();
    }

    private static boolean isUncertain(Gap gap, LeafCost leaf, Spend spend, String origin) {
        Map<String, Audit.ListPrice> origins = Map.of("i", new Audit.ListPrice(null, origin));
        return new UncertainPrices(List.of(gap), List.of(), Map.of(), origins, JUNE)
                        .applied(leaf, spend)
                        .note()
                != null;
    }

    private static LeafCost listed(Resource resource, String measuredBy) {
        return LeafCostBuilder.builder()
                .resource(resource)
                .parts(List.of())
                .basis(CostBasis.LIST)
                .hoursMeasuredBy(measuredBy)
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            the month before | aws | 2026-05-01/2026-06-01 | aws | LIST | true
            the month after | aws | 2026-07-01/2026-08-01 | aws | LIST | true
            one day of the window | aws | 2026-05-01/2026-06-02 | aws | LIST | false
            of another cloud | azure | 2026-05-01/2026-06-01 | aws | LIST | false
            no price at all | aws | 2026-05-01/2026-06-01 | aws | UNPRICED | false
            nobody knows whose it is | aws | 2026-05-01/2026-06-01 | - | LIST | false
            """)
    void a_list_price_beside_a_bill_of_another_time_is_uncertain(
            String name, String billed, String days, String provider, CostBasis basis, boolean uncertain) {
        Resource resource = Resource.builder("i", "instance", provider).build();
        Spend spend =
                new Spend("i", Map.of(Component.TIME, BigDecimal.TEN), basis, BigDecimal.TEN, BigDecimal.ZERO, false);
        Spend applied = new UncertainPrices(List.of(), List.of(), Map.of(billed, Window.parse(days)), Map.of(), JUNE)
                .applied(listed(resource, null), spend);
        assertThat(applied.note() != null).as(name).isEqualTo(uncertain);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            lost | cpu_utilization | - | - | true
            there | cpu_utilization | cpu_utilization | - | false
            requested, and none came | cpu_utilization | - | true | false
            no metric shows it | - | - | - | false
            """)
    void a_list_price_of_hours_whose_metric_was_lost_is_uncertain(
            String name, String metric, String measuredBy, String known, boolean uncertain) {
        Map<String, String> attributes = new HashMap<>();
        attributes.computeIfAbsent("hours_run_by", key -> metric);
        attributes.computeIfAbsent("hours_run_known", key -> known);
        Resource resource =
                Resource.builder("i", "instance", "aws").attributes(attributes).build();
        Spend spend = new Spend(
                "i", Map.of(Component.TIME, BigDecimal.TEN), CostBasis.LIST, BigDecimal.TEN, BigDecimal.ZERO, false);
        Spend applied = new UncertainPrices(List.of(), List.of(), Map.of(), Map.of(), JUNE)
                .applied(listed(resource, measuredBy), spend);
        assertThat(applied.note() != null).as(name).isEqualTo(uncertain);
    }
}
